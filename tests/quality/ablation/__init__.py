"""The ablation table: what each part of the understanding is worth, on the same data in the same run.

`variants` says what is changed, `machines` holds other classifiers, `one` learns and asks a single variant in
a process of its own (so that memory and start are its own), `default_pipeline` asks Rasa's, `outcome` works
out the columns, `__main__` makes the table.
"""
