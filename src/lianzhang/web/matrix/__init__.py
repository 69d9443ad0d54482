"""The ten actions and seven guarantees (十项举措、七项保障) by county, on one page."""
