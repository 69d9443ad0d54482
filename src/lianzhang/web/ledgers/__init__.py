"""Lists behind the map (图谱背后的清单): rows with owners, days and states; patrols; the ten × counties."""
