"""The understanding: from what was typed to a decision that the actions carry out.

1. Preparation (`preparation.py`) makes one writing of a message:
   `lead_ins` sees how it ties itself to the message before, `language` says whether it is Vietnamese or
   English, `glossary` reads other scripts through known terms (a file a language in `glossary/`),
   `normaliser` undoes leftovers of typing methods and writes out shorthand, `restorer` puts back diacritics
   and undoes typing errors, `gazetteer` finds the records it names, `quantities` the areas, sums and dates.
2. Candidates (`understanding.py`) are what it may ask for, each with a probability:
   `classifier` (a `network` on the numbers of `features`) says what training wordings it is like, `retrieval`
   how like it is to the records' own texts; `ranking` weighs both and the names found. `elsewhere` knows
   places that are not ours, `filters` what narrows a list, `ordinals` numbers as words.
3. Decision (`decision/`) answers, asks back or refuses, with the record in mind.

`learning` teaches all of it, from `examples` (data/nlu) and `records` (data/registry), with vectors kept by
`bot.common.embedding_cache`. `live` keeps the records as the registry has them while the product runs.
`reader` (steps 1 and 2) and `decider` (step 3) are the Rasa components. The `.yml` files beside them are the
tables of the modules of the same name, `abbreviations.yml` the normaliser's.
"""
