"""xlplugin: a county's ledger of key construction projects, checked, and its bulletin (通报)."""

__version__ = "0.1.0"
