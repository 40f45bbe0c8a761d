"""The assistant learns from what investors really write, and staff decide what it learns.

`inbox` gathers what was hardly understood, `examples` are made of it and approved by a second person,
`lessons` are these in Rasa's form, `training` makes a model of them and compares it with the present one,
`promotion` brings it into service beside the present one and takes it back when told to (`shelf`, `rasa`).
`survey` looks at the training data as a whole (`wordings`). `tasks` are what the worker does.
"""
