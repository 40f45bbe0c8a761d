# The assistant's commands. `make help` lists them; the text behind ## is what it shows.
# PYTHON may be any Python from 3.8: it only finds 3.10 and 3.11+ and makes both environments.

# pyenv's `python3` only answers when it has the versions of .python-version, so others are tried too.
PYTHON ?= $(shell for p in python3 /usr/bin/python3 python3.11 python3.12 python3.13 python3.10; do \
	$$p -c "import sys; sys.exit(sys.version_info < (3, 8))" 2>/dev/null && echo $$p && break; done)
ifeq ($(PYTHON),)
$(error No Python from 3.8 was found: install python3 (Debian: apt-get install python3), then run make again)
endif
LAUNCH := $(PYTHON) -m bot.launch.bootstrap
# The same, with the tools for tests in both environments.
TOOLS := $(LAUNCH) --dev

.DEFAULT_GOAL := help
.PHONY: help up start stop status logs chat train test test-all test-long lint check-content coverage-content eval eval-cv ablation growth eval-public widget bench lighthouse vectors lock demo first-admin bench-console

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: ## set up what is missing, run in front until Ctrl-C
	@$(LAUNCH) up

start: ## the same behind: returns when it answers, or says why it cannot
	@$(LAUNCH) start

stop: ## end what `make start` started
	@$(LAUNCH) stop

status: ## what runs, whether it answers, memory, addresses
	@$(LAUNCH) status

logs: ## follow the logs of all processes (Ctrl-C ends)
	@$(LAUNCH) logs

chat: ## talk to the running assistant in the terminal (LANGUAGE=vi or en)
	@$(LAUNCH) chat $(if $(filter vi en,$(LANGUAGE)),--language $(LANGUAGE))

first-admin: ## the first administrator of the staff console: prints a one-time link (NAME=account)
	@$(LAUNCH) manage first_admin $(NAME)

demo: ## fill the staff console with a fortnight asked of the running assistant (TRAIN=1: a second model too; REMOVE=1 takes it out)
	@$(LAUNCH) manage demo $(if $(REMOVE),--remove) $(if $(TRAIN),--train)

train: ## train the model anew
	@$(LAUNCH) train

test: ## all checks without a browser, at most 15 minutes
	@$(TOOLS) test

test-all: ## test, and the long ones
	@$(TOOLS) test all

test-long: ## only the long ones: browser, crowds, streams, understanding (MINUTES=n: of these what usually takes so long)
	@$(TOOLS) test long $(if $(MINUTES),--minutes $(MINUTES))

lint: ## style, types and import walls only
	@$(TOOLS) test lint

check-content: ## the records: both languages, figures, citations, references
	@$(LAUNCH) module web bot.registry.content

coverage-content: ## every aspect of every record asked through the gateway (GATE=1: fail below the floors)
	@$(TOOLS) module web tests.quality.coverage $(if $(GATE),--gate)

eval: ## the understanding on our questions, docs/quality/eval.md (GATE=1: fail below the floors)
	@$(TOOLS) module web tests.quality.evaluate $(if $(GATE),--gate)

eval-cv: ## cross-validation on the training data, docs/quality/cv.md
	@$(TOOLS) module rasa tests.quality.crossval

ablation: ## what each part of the understanding is worth, docs/quality/ablation.md (half an hour and more)
	@$(TOOLS) module rasa tests.quality.ablation

growth: ## milliseconds of the understanding, now and with 10,000 questions and answers
	@$(TOOLS) module rasa tests.quality.growth

eval-public: ## the understanding on a public set: make eval-public DIR=folder
	@$(LAUNCH) module rasa bot.assistant.evaluate_public $(DIR)

widget: ## build the website chat (Node 20+) into bot/web/static/widget
	@cd bot/widget && npm ci --silent --no-fund --no-audit && npm run --silent check && npm run --silent build

bench: ## answer time, memory, start; Rasa's default pipeline beside it
	@$(TOOLS) module web tests.bench

lighthouse: ## the demo page in Lighthouse, docs/quality/lighthouse.md
	@$(TOOLS) module web tests.lighthouse

bench-console: ## list, search and figures of the staff console with 100,000 messages
	@$(TOOLS) module web tests.bench.console

vectors: ## compute anew the vectors that come with the checkout (after many new wordings)
	@$(LAUNCH) vectors

lock: ## resolve requirements/*.in anew into locked, hashed files
	@$(LAUNCH) lock
