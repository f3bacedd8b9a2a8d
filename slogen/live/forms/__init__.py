"""Reports and decisions as people and programs read them: each form a function of the object."""
