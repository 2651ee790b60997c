#!/usr/bin/env python3
"""Small bad trees, one for each rule of check_includes.py, and a good one that it must leave alone."""

import tempfile
import unittest
from pathlib import Path

import check_includes

GOOD = {
    "bot/base/json.hpp": "#pragma once\n#include <nlohmann/json.hpp>\n",
    "bot/base/text.hpp": "#pragma once\n#include <string>\n",
    "bot/runtime/http_server.cpp": '#include "bot/base/json.hpp"\n#include <boost/beast.hpp>\n',
    "dialogs/engine.cpp": '#include "dialogs/engine.hpp"\n',
    "dialogs/engine.hpp": '#pragma once\n#include "bot/base/text.hpp"\n',
    "dialogs/script_json.cpp": '#include "bot/base/json.hpp"\n',
    "dialogs/script_yaml.cpp": "#include <yaml-cpp/yaml.h>\n",
    "storage/store.hpp": '#pragma once\n#include "dialogs/engine.hpp"\n',
    "storage/sqlite/writer.cpp": '#include "storage/store.hpp"\n#include <SQLiteCpp/SQLiteCpp.h>\n',
    "bot/pipeline/turn.cpp": '#include "storage/store.hpp"\n#include "bot/base/json.hpp"\n',
    "handlers/channel/channel.hpp": "#pragma once\n",
    "handlers/wechat/codec.cpp": '#include "handlers/channel/channel.hpp"\n#include <pugixml.hpp>\n',
    "bot/app/app.cpp": '#include "handlers/channel/channel.hpp"\n#include "storage/store.hpp"\n',
}

# What is added to the good tree, and the one finding (file, line, rule) that must come of it.
BAD = {
    "a lower layer may not include a higher one":
        ({"bot/base/ids.hpp": '#pragma once\n#include "dialogs/engine.hpp"\n'}, ("bot/base/ids.hpp", 2, "layer")),
    "the runtime knows nothing of dialogs":
        ({"bot/runtime/log.cpp": '#include "dialogs/engine.hpp"\n'}, ("bot/runtime/log.cpp", 1, "layer")),
    "the pipeline sees the storage port and no concrete store":
        ({"storage/sqlite/store.hpp": "#pragma once\n",
          "bot/pipeline/intake.cpp": '#include "storage/sqlite/store.hpp"\n'}, ("bot/pipeline/intake.cpp", 1, "layer")),
    "only the app includes handlers":
        ({"bot/pipeline/intake.cpp": '#include "handlers/channel/channel.hpp"\n'},
         ("bot/pipeline/intake.cpp", 1, "layer")),
    "one platform's handler does not include another's":
        ({"handlers/wechat/codec.hpp": "#pragma once\n",
          "handlers/webchat/page.cpp": '#include "handlers/wechat/codec.hpp"\n'},
         ("handlers/webchat/page.cpp", 1, "layer")),
    "a new folder needs a row":
        ({"bot/extra/x.hpp": "#pragma once\n"}, ("bot/extra/x.hpp", 1, "layer")),
    "Beast stays in the runtime":
        ({"handlers/webchat/page.cpp": "#include <boost/beast/http.hpp>\n"},
         ("handlers/webchat/page.cpp", 1, "library")),
    "Beast does not leak through a header of the runtime":
        ({"bot/runtime/stream.hpp": "#pragma once\n#include <boost/beast/core.hpp>\n",
          "bot/pipeline/intake.cpp": '#include "bot/runtime/stream.hpp"\n'}, ("bot/pipeline/intake.cpp", 1, "library")),
    "SQLite stays in storage/sqlite":
        ({"bot/pipeline/intake.cpp": "#include <sqlite3.h>\n"}, ("bot/pipeline/intake.cpp", 1, "library")),
    "SQLiteCpp does not reach the port":
        ({"storage/rows.hpp": "#pragma once\n#include <SQLiteCpp/SQLiteCpp.h>\n"}, ("storage/rows.hpp", 2, "library")),
    "YAML is read in *_yaml.cpp only":
        ({"dialogs/script.cpp": "#include <yaml-cpp/yaml.h>\n"}, ("dialogs/script.cpp", 1, "library")),
    "nlohmann comes through its one door":
        ({"handlers/wechat/json.cpp": "#include <nlohmann/json.hpp>\n"}, ("handlers/wechat/json.cpp", 1, "library")),
    "in dialogs only *_json files see JSON":
        ({"dialogs/state.cpp": '#include "bot/base/json.hpp"\n'}, ("dialogs/state.cpp", 1, "library")),
    "dialogs has no thread":
        ({"dialogs/state.cpp": "#include <thread>\n"}, ("dialogs/state.cpp", 1, "pure")),
    "dialogs has no file":
        ({"dialogs/state.cpp": "#include <fstream>\n"}, ("dialogs/state.cpp", 1, "pure")),
    "dialogs reads no clock":
        ({"dialogs/state.cpp": "auto now = std::chrono::system_clock::now();\n"}, ("dialogs/state.cpp", 1, "pure")),
    "an include is rooted at the repository":
        ({"dialogs/state.cpp": '#include "engine.hpp"\n'}, ("dialogs/state.cpp", 1, "include")),
    "a header is included once":
        ({"dialogs/state.hpp": "struct state {};\n"}, ("dialogs/state.hpp", 1, "include")),
    "a file has at most 500 lines":
        ({"dialogs/state.cpp": "\n" * 501}, ("dialogs/state.cpp", 501, "size")),
    "no file is called utils":
        ({"bot/base/string_utils.hpp": "#pragma once\n"}, ("bot/base/string_utils.hpp", 1, "name")),
    "no unfinished work":
        ({"dialogs/state.cpp": "// TO" + "DO: later\n"}, ("dialogs/state.cpp", 1, "word")),
    "no document that readers do not have":
        ({"dialogs/state.cpp": "// see notes.md\n"}, ("dialogs/state.cpp", 1, "word")),
    "no path of somebody's machine":
        ({"dialogs/state.cpp": "// see /ho" + "me/me/notes\n"}, ("dialogs/state.cpp", 1, "word")),
}


def findings_of(tree):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in tree.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return [(path, line, rule) for path, line, rule, _ in check_includes.check(Path(folder))[0]]


class check_includes_test(unittest.TestCase):
    def test_a_tidy_tree_has_no_findings(self):
        self.assertEqual(findings_of(GOOD), [])

    def test_each_bad_tree_has_its_finding_and_no_other(self):
        for rule, (extra, expected) in BAD.items():
            with self.subTest(rule):
                self.assertEqual(findings_of({**GOOD, **extra}), [expected])

    def test_what_a_comment_says_of_clocks_is_no_clock(self):
        self.assertEqual(findings_of({**GOOD, "dialogs/state.cpp": "int x;  // not from steady_clock\n"}), [])


if __name__ == "__main__":
    unittest.main()
