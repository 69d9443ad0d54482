"""Settings of the web shell: `base` for all, `laptop` for one machine, `server` behind HTTPS."""
