"""The bulletin and its figures in other forms: text, sheets, a JSON record. No words and no figures of their own."""
