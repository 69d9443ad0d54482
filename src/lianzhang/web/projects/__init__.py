"""Projects from lead to effect: stages with evidence, milestones, promises, lights by rule, factor guarantees."""
