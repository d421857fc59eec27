//! What random histories have found, made small: each broke a law once.

/// A name, a base, and amending acts as files of operations.
pub type Found = (&'static str, &'static str, &'static [&'static str]);

pub const FOUND: &[Found] = &[
    (
        "paragraphs at the end of a file without a line end",
        "## 1-бөлім. Білім",
        &[r#"
            [[operation]]
            at = "section:1/section:1-1"
            action = "insert"
            text = ["1-1-бөлім. Білім", "Беру."]
        "#],
    ),
    (
        "a unit restated by more paragraphs at the end of a file",
        "1. Білім.\n\n## 1-бөлім. Білім",
        &[
            r#"
            [[operation]]
            at = "section:1"
            action = "replace"
            text = ["1-бөлім. Білім", "Беру.", "Тіл."]
            "#,
            r#"
            [[operation]]
            at = "section:1"
            action = "replace"
            text = ["1-бөлім. Білім", "Құқық."]
            "#,
        ],
    ),
    (
        "a row restated without its number",
        "<table><tr><td>1</td><td>білім</td><td>беру</td></tr></table>",
        &[r#"
            [[operation]]
            at = "row:1"
            action = "replace"
            text = ["тіл\tқұқық\tорган"]
        "#],
    ),
    (
        "operations that conflict, one in force later",
        "# Білім туралы\n\n1. Беру.\n",
        &[r#"
            [act]
            in_force = 2024-01-12
            [[operation]]
            at = "title"
            action = "replace"
            text = ["Тіл туралы"]
            [[operation]]
            at = "title"
            action = "replace"
            text = ["Құқық туралы"]
            in_force = 2024-01-10
        "#],
    ),
    (
        "only a line end is restated",
        "1. Білім.\n\n2. Үшін.\n",
        &[r#"
            [[operation]]
            at = "paragraph:2/part:1"
            action = "replace"
            text = ["Білім.", "Беру."]
        "#],
    ),
    (
        "a row beside one whose last cell is empty",
        "<table>\n<tr>\n<td>1.</td>\n<td>А</td>\n<td></td>\n</tr>\n</table>\n",
        &[r#"
            [[operation]]
            at = "row:2"
            action = "insert"
            text = ["2.\tБ\tВ"]
        "#],
    ),
    (
        "a paragraph behind a table at the end of a file",
        "1. А.\n\n<table>\n<tr>\n<td>1.</td>\n<td>А</td>\n</tr>\n</table>",
        &[r#"
            [[operation]]
            at = "paragraph:2"
            action = "insert"
            text = ["2. Б."]
        "#],
    ),
    (
        "new lines that look like other kinds of line",
        "## 1-бөлім. Білім\n",
        &[r#"
            [[operation]]
            at = "section:1"
            action = "insert"
            position = "end"
            text = ["\u0023 Бір", "> екі", "| үш |", "```", "~~~", "&lt; төрт", "- бес", "<b> алты"]
        "#],
    ),
    (
        "words at the start of a line that look like a quotation",
        "1. Білім.\n\nТіл және орган.\n\n# Беру\n",
        &[r#"
            [[operation]]
            at = "text"
            action = "replace-words"
            old = "Тіл және"
            new = "> бір"
        "#],
    ),
    (
        "the words of a numbered line",
        "1. Білім.\n",
        &[
            r#"
            [[operation]]
            at = "paragraph:1/part:1"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "paragraph:1"
            action = "replace"
            text = ["1. Беру."]
            "#,
        ],
    ),
    (
        "the last line restated, without a line end",
        "#### Білім",
        &[r#"
            [[operation]]
            at = "title"
            action = "replace"
            text = ["Беру"]
        "#],
    ),
    (
        "words behind a number restated by more lines",
        "2. Қала мектеп.",
        &[r#"
            [[operation]]
            at = "paragraph:2/part:1"
            action = "replace"
            text = ["Құқық.", "қазақстан."]
        "#],
    ),
    (
        "a section restated and one inserted, where the act holds nothing else",
        "## 1-бөлім. Білім\n\n**Премьер-Министр**\n",
        &[
            r#"
            [[operation]]
            at = "signature"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "section:1"
            action = "replace"
            text = ["1-бөлім. Беру"]
            [[operation]]
            at = "section:1-1"
            action = "insert"
            text = ["1-1-бөлім. Тіл"]
            "#,
        ],
    ),
    (
        "points behind fenced contents",
        "```\nМазмұны\n1-бап. Білім\n```\n\n1) білім;\n",
        &[r#"
            [[operation]]
            at = "contents"
            action = "replace"
            text = ["Мазмұны", "1-бап. Беру"]
        "#],
    ),
    (
        "fenced contents restated above a note of the publisher",
        "```\n2-бап. Тіл\n```\n> *Ескерту. 1-бапқа өзгеріс енгізілді.*\n",
        &[r#"
            [[operation]]
            at = "contents"
            action = "replace"
            text = ["3-бап. Білім"]
        "#],
    ),
    (
        "a row restated and repealed",
        "1-тарау. Беру\n| 1. | мемлекеттік тіл | жыл |\n",
        &[
            r#"
            [[operation]]
            at = "chapter:1/row:1"
            action = "replace"
            text = ["1.\tқала\tоблыс"]
            "#,
            r#"
            [[operation]]
            at = "chapter:1/row:1"
            action = "repeal"
            "#,
        ],
    ),
    (
        "a unit behind the last line of a file, which is restated later",
        "## 1-бөлім. Білім\n\n1) білім;\n\nБілім.",
        &[
            r#"
            [act]
            in_force = 2024-01-10
            [[operation]]
            at = "section:1/part:1"
            action = "replace"
            text = ["Беру."]
            in_force = 2024-01-11
            [[operation]]
            at = "section:1/heading"
            action = "replace"
            text = ["Тіл"]
            "#,
            r#"
            [[operation]]
            at = "section:1-1"
            action = "insert"
            text = ["1-1-бөлім. Білім"]
            "#,
        ],
    ),
    (
        "fenced contents repealed",
        "# Орган туралы\n```\n2-бап. Тіл\n```  \n1) құқық;\n",
        &[r#"
            [[operation]]
            at = "contents"
            action = "repeal"
        "#],
    ),
    (
        "a sentence restated by two paragraphs",
        "#### Беру\n\nЕскертпе. № 271.\n",
        &[r#"
            [[operation]]
            at = "section:\"Беру\"/note/sentence:1"
            action = "replace"
            text = ["Қазақстан мектеп.", "Үшін құқық."]
            [[operation]]
            at = "note/sentence:1"
            action = "replace"
            text = ["Қазақстан мектеп.", "Үшін құқық."]
        "#],
    ),
    (
        "a row of tabs whose last cells become empty",
        "### 1-бап. Үшін\n2.\tұйымы\tөңір теңге\n",
        &[
            r#"
            [[operation]]
            at = "article:1/row:2"
            action = "repeal"
            "#,
            r#"
            [[operation]]
            at = "article:1/row:2"
            action = "insert"
            position = "after"
            text = ["2-1.\tқала\tорган"]
            "#,
        ],
    ),
    (
        "a heading struck",
        "# Мектеп туралы\n\n1. Ғылым.\n",
        &[r#"
            [[operation]]
            at = "title/heading"
            action = "delete"
        "#],
    ),
    (
        "a heading inserted and struck",
        "# Мектеп туралы\n## әкімдік тізбесі\n",
        &[
            r#"
            [[operation]]
            at = "annex:1"
            action = "insert"
            position = "after"
            text = ["Тіл", "Орган ғылым."]
            "#,
            r#"
            [[operation]]
            at = "annex:1/section:\"Тіл\"/heading"
            action = "delete"
            "#,
        ],
    ),
    (
        "a row beside inline marks",
        "1. Беру.\n| 1. | беру | орган `код` |\n",
        &[r#"
            [[operation]]
            at = "row:1"
            action = "replace"
            text = ["1.\tүшін _x_\tұйымы"]
        "#],
    ),
    (
        "a line beside inline marks",
        "# О школах\n`Код` **года** [сілтеме](https://example.kz)\n",
        &[r#"
            [[operation]]
            at = "part:1"
            action = "insert"
            position = "before"
            text = ["Білім.", "Беру."]
            [[operation]]
            at = "part:1"
            action = "insert"
            position = "after"
            text = ["Тіл.", "Құқық."]
        "#],
    ),
    (
        "dates that interleave: what takes a unit's place comes first",
        "1) А;\n",
        &[
            "[act]\nin_force = 2024-01-12\n[[operation]]\nat = \"point:3\"\naction = \"insert\"\ntext = [\"3) В;\"]",
            r#"
            [act]
            in_force = 2024-01-14
            [[operation]]
            at = "point:1"
            action = "insert-words"
            position = "end"
            new = "Г"
            in_force = 2024-01-10
            [[operation]]
            at = "point:1"
            action = "replace"
            text = ["1) Б;"]
            "#,
        ],
    ),
    (
        "dates that differ at the end of a file",
        "**2-тарау. Теңге**\nмектеп әкімдік;",
        &[r#"
            [act]
            in_force = 2024-01-10
            [[operation]]
            at = "article:5"
            action = "insert"
            text = ["5-бап. Республикасының мектеп"]
            in_force = 2024-01-11
            [[operation]]
            at = "chapter:4"
            action = "insert"
            text = ["4-тарау. Ғылым", "Құқық."]
        "#],
    ),
    (
        "dates that interleave: words behind a number",
        "1) беру;  \n  1. Мектеп теңге.",
        &[
            "[[operation]]\nat = \"paragraph:1/part:2\"\naction = \"insert\"\ntext = [\"Қала құқық.\", \"Орган.\"]",
            "[[operation]]\nat = \"paragraph:1/part:1\"\naction = \"replace\"\ntext = [\"Ұйымы.\"]",
            r#"
            [act]
            in_force = 2024-01-15
            [[operation]]
            at = "paragraph:1/part:3"
            action = "insert"
            text = ["Және.", "Шешім."]
            [[operation]]
            at = "preamble"
            action = "delete-words"
            old = "жоқ"
            in_force = 2024-01-09
            "#,
        ],
    ),
    (
        "a table inserted beside one",
        "<table><tr><td colspan=\"2\">ғылым</td></tr></table>\n",
        &[r#"
            [[operation]]
            at = "table:2"
            action = "insert"
            text = ["Өңір."]
        "#],
    ),
    (
        "a row inserted into a row",
        "<table>\n<tr>\n<td>2.</td>\n<td>тіл</td>\n</tr>\n</table>\n",
        &[r#"
            [[operation]]
            at = "row:2/row:2-2"
            action = "insert"
            text = ["2-2.\tорган"]
            [[operation]]
            at = "row:2"
            action = "insert"
            position = "end"
            text = ["3.\tорган", "шешім"]
        "#],
    ),
    (
        "tabs for a cell",
        "<table>\n<tr>\n<td>2.</td>\n<td>беру</td>\n</tr>\n</table>\n",
        &[r#"
            [[operation]]
            at = "row:2/column:2"
            action = "replace"
            text = ["2.\tтеңге\tбілім"]
            [[operation]]
            at = "row:2/column:1/row:1"
            action = "insert"
            text = ["1\tшешім\tүшін"]
        "#],
    ),
    (
        "a table of tabs above one in HTML",
        "4.\tгода\tтенге\n<table><tr><td>1</td><td>закон</td></tr></table>\n",
        &[r#"
            [[operation]]
            at = "table:1"
            action = "repeal"
        "#],
    ),
    (
        "a table in HTML struck",
        "# Мектеп туралы\n## тіл тізбесі\n<table>\n<thead>\n<tr>\n<th>№</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1.</td>\n</tr>\n</tbody>\n</table>\n",
        &[r#"
            [[operation]]
            at = "annex:1"
            action = "repeal"
        "#],
    ),
    (
        "an emptied row is not every row",
        "| № | Атауы | Саны |\n|---|---|---|\n| 2. | ұйымы | жыл |\n",
        &[r#"
            [[operation]]
            at = "row:2/column:3"
            action = "delete"
        "#],
    ),
    (
        "a word that is another row's cell",
        "#### 14\n| 1. | Қазақстан | жыл |\n",
        &[r#"
            [[operation]]
            at = "row:2-2"
            action = "insert"
            text = ["2-2.\tбілім\tмектеп", "Қазақстан\tтіл\tтіл"]
        "#],
    ),
    (
        "words before the first of a cell",
        "| № | Атауы | Саны |\n|---|---|---|\n\n<table>\n<tr>\n<td><p>Саны</p></td>\n</tr>\n</table>\n",
        &[r#"
            [[operation]]
            at = "text"
            action = "insert-words"
            position = "before"
            old = "Саны"
            new = "жаңа"
        "#],
    ),
    (
        "emphasis whose words go",
        "1) құқық теңге *көлбеу*;\n\nЕскертпе. орган _астын_.\n\n2\\. Және [сілтеме](https://example.kz) және _астын_ ұйымы.\n",
        &[
            r#"
            [[operation]]
            at = "text"
            action = "delete-words"
            old = "көлбеу"
            [[operation]]
            at = "note"
            action = "delete-words"
            old = "астын"
            "#,
            r#"
            [[operation]]
            at = "paragraph:2"
            action = "repeal"
            "#,
        ],
    ),
    (
        "an escape whose letter goes",
        "1.\t\\[1\\] ұйымы\tжәне\n\nБілім.\n",
        &[
            r#"
            [[operation]]
            at = "row:1"
            action = "delete-words"
            old = "[1] ұйымы"
            [[operation]]
            at = "part:1"
            action = "insert"
            position = "after"
            text = ["</Del>."]
            "#,
            r#"
            [[operation]]
            at = "text"
            action = "replace-words"
            old = "</Del>"
            new = "ғылым"
            "#,
        ],
    ),
    (
        "words at the start of a line that go",
        "Ескертпе. білім жыл.\n",
        &[r#"
            [[operation]]
            at = "note"
            action = "delete-words"
            old = "Ескертпе. білім"
        "#],
    ),
    (
        "a wording that starts with an escape",
        "1. Мемлекеттік қала.\n\n2. Беру.\n",
        &[r#"
            [[operation]]
            at = "paragraph:1/part:1"
            action = "replace"
            text = ["_X_ және құқық."]
        "#],
    ),
    (
        "literal tags in what is restated",
        "1.\tжәне\t<del>ескі</del>\n\n<table>\n<tr>\n<td>1.</td>\n<td><del>ескі</del> беру</td>\n<td>өңір <ins>жаңа</ins></td>\n</tr>\n</table>\n\n| 2. | наука **екі сөз** | для |\n",
        &[r#"
            [[operation]]
            at = "table:1/row:1"
            action = "replace"
            text = ["1.\tстатьи\tзакон"]
            [[operation]]
            at = "table:2/row:1"
            action = "replace"
            text = ["1.\tтіл\tорган"]
            [[operation]]
            at = "row:2"
            action = "replace"
            text = ["2.\tмектеп\tорган"]
        "#],
    ),
    (
        "a line in a cell that is struck",
        "<table>\n<tr>\n<td>1.</td>\n<td>\n1) құқық;\n2) білім беру\n</td>\n</tr>\n</table>\n",
        &[r#"
            [[operation]]
            at = "row:1"
            action = "delete-words"
            old = "2) білім"
        "#],
    ),
    (
        "rows of tabs that look like quotations",
        "**1-тарау. Шешім**\n3.\tтеңге\tорган\n",
        &[r#"
            [[operation]]
            at = "chapter:1/table:1"
            action = "replace"
            text = ["беру\tберу\tберу", "> бір\t> бір\t> бір", "\u0023 бір\tекі\tүш"]
        "#],
    ),
    (
        "a number restated beside words with a back-slash",
        "1. Білім.\n\n2. Білім.\n",
        &[
            r#"
            [[operation]]
            at = "paragraph:1/part:1"
            action = "replace"
            text = ["Және *."]
            "#,
            r#"
            [[operation]]
            at = "paragraph:1"
            action = "replace"
            text = ["1. Беру."]
            "#,
        ],
    ),
    (
        "a row with an empty cell struck",
        "1.\tбілім\t\n2.\tбілім\tбілім\n",
        &[
            r#"
            [[operation]]
            at = "row:1/column:2"
            action = "delete-words"
            old = "білім"
            "#,
            r#"
            [[operation]]
            at = "chapter:1"
            action = "repeal"
            "#,
        ],
    ),
    (
        "a row of tabs whose cells are emptied",
        "1.\tбілім\t\n\n1. Білім.\n",
        &[r#"
            [[operation]]
            at = "row:1/column:2"
            action = "delete-words"
            old = "білім"
        "#],
    ),
    (
        "an emptied line of contents counts for no gap",
        "```\nМазмұны\n1-бап. Білім\n2-бап. Тіл\n```\n\nБілім.\n\nБілім.\n\n1-бөлім. Білім\n\nБеру.",
        &[
            r#"
            [[operation]]
            at = "contents"
            action = "delete-words"
            old = "Мазмұны"
            "#,
            r#"
            [[operation]]
            at = "section:1-1"
            action = "insert"
            text = ["1-1-бөлім. Білім"]
            "#,
        ],
    ),
    (
        "a new heading whose words are struck again",
        "# Орган туралы\n\n## 1-бөлім. Білім",
        &[
            r#"
            [[operation]]
            at = "title"
            action = "replace"
            text = ["Білім", "Білім."]
            "#,
            r#"
            [[operation]]
            at = "title"
            action = "delete-words"
            old = "Білім"
            "#,
        ],
    ),
    (
        "a document behind contents that end with their fence",
        "# Орган туралы\n\n1. Білім.\n\n> қаулысымен бекітілген\n\n## білім тізбесі\n\n3. Білім.\n\n```\nМазмұны\n1-бап. Білім\n2-бап. Тіл\n```",
        &[r#"
            [[operation]]
            at = "annex:1/annex:3"
            action = "insert"
            text = ["Әкімдік қала", "Білім."]
        "#],
    ),
    (
        "a unit that ends with a fence, struck",
        "# Орган туралы\n\n## 1-бөлім. Білім\n\n```\nМазмұны\n1-бап. Білім\n```\n\n## 2-бөлім. Тіл\n\n1. Білім.\n",
        &[r#"
            [[operation]]
            at = "section:1"
            action = "delete"
        "#],
    ),
    (
        "contents in a fence, struck",
        "# Орган туралы\n\n```\nМазмұны\n1-бап. Білім\n```\n\n1. Білім.\n",
        &[r#"
            [[operation]]
            at = "contents"
            action = "repeal"
        "#],
    ),
    (
        "what comes beside contents in a fence",
        "# Орган туралы\n\n```\nМазмұны\n1-бап. Білім\n```\n\n1. Білім.\n",
        &[r#"
            [[operation]]
            at = "contents"
            action = "insert"
            position = "before"
            text = ["<b> тіл"]
            [[operation]]
            at = "contents"
            action = "insert"
            position = "after"
            text = ["* тіл"]
        "#],
    ),
    (
        "an entry at the end of contents that a fence ends",
        "# Орган туралы\n\nМазмұны\n\n1-бап. Білім\n```\n2-бап. Тіл\n```\n\n1-бап. Білім\n\n2-бап. Тіл\n",
        &[
            r#"
            [[operation]]
            at = "contents"
            action = "insert"
            position = "end"
            text = ["3-бап. Тіл * және"]
            "#,
            r#"
            [[operation]]
            at = "contents"
            action = "replace"
            text = ["Мазмұны", "1-бап. Тіл", "2-бап. Білім"]
            "#,
        ],
    ),
    (
        "a row into a table that an act in force before strikes later",
        "## 1-бөлім. Білім\n\n<table>\n<tr>\n<td>1.</td>\n<td>білім</td>\n</tr>\n</table>\n\n## 2-бөлім. Тіл\n\n1. Білім.\n",
        &[
            r#"
            [act]
            in_force = 2024-01-11
            [[operation]]
            at = "row:1"
            action = "insert"
            position = "before"
            text = ["білім\tтіл"]
            "#,
            r#"
            [act]
            in_force = 2024-01-10
            [[operation]]
            at = "paragraph:1"
            action = "replace"
            text = ["1. Тіл."]
            [[operation]]
            at = "section:1"
            action = "delete"
            in_force = 2024-01-13
            "#,
        ],
    ),
    (
        "a blank that a struck heading leaves",
        "#### Ұйымы\n\n1-бап. Білім\n",
        &[
            r#"
            [[operation]]
            at = "article:1"
            action = "delete-words"
            old = "Білім"
            "#,
            r#"
            [[operation]]
            at = "title"
            action = "insert"
            position = "end"
            text = ["Білім"]
            "#,
        ],
    ),
    (
        "a table struck into which an act read before puts a row later",
        "## 1-бөлім. Білім\n\n<table>\n<tr>\n<td>1.</td>\n<td>білім</td>\n</tr>\n</table>\n\n## 2-бөлім. Тіл\n\n1. Білім.\n",
        &[
            r#"
            [act]
            in_force = 2024-01-11
            [[operation]]
            at = "section:1"
            action = "repeal"
            "#,
            r#"
            [act]
            in_force = 2024-01-10
            [[operation]]
            at = "paragraph:1"
            action = "replace"
            text = ["1. Тіл."]
            [[operation]]
            at = "row:2"
            action = "insert"
            text = ["2.\tтіл"]
            in_force = 2024-01-13
            "#,
        ],
    ),
    (
        "emphasis beside a tag without its partner",
        "## 1-бөлім. Білім\n\n1) *көлбеу* </ins>;\n\n2) білім.\n",
        &[r#"
            [[operation]]
            at = "point:1"
            action = "repeal"
        "#],
    ),
    (
        "what comes after one unit and before the next",
        "1) Білім\n\nБілім.\n",
        &[r#"
            [[operation]]
            at = "part:1"
            action = "insert"
            position = "before"
            text = ["Беру."]
            [[operation]]
            at = "point:1-1"
            action = "insert"
            text = ["1-1) Білім;"]
        "#],
    ),
    (
        "points and paragraphs that meet where a title was",
        "білім;\n\nБілім.\n",
        &[
            r#"
            [[operation]]
            at = "title"
            action = "delete"
            [[operation]]
            at = "title"
            action = "insert"
            position = "before"
            text = ["1) Білім"]
            "#,
            r#"
            [[operation]]
            at = "point:1-1"
            action = "insert"
            text = ["1-1) Білім;"]
            [[operation]]
            at = "part:1"
            action = "insert"
            position = "before"
            text = ["Білім."]
            "#,
        ],
    ),
    (
        "words in all the text, which is a paragraph that is struck",
        "#### Білім\n\n1. Білім білім.\n",
        &[
            r#"
            [[operation]]
            at = "title"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "text"
            action = "replace-words"
            old = "Білім"
            new = "білім"
            [[operation]]
            at = "paragraph:1"
            action = "delete"
            "#,
        ],
    ),
    (
        "a sentence where the first line of the text was struck",
        "  Білім.\n> қаулысымен бекітілген\n\n## білім тізбесі\n",
        &[
            r#"
            [[operation]]
            at = "contents"
            action = "delete"
            [[operation]]
            at = "title"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "text/sentence:1"
            action = "delete"
            "#,
        ],
    ),
    (
        "a paragraph restated that begins with a blank",
        "## 1-бөлім. Білім\n\n**Премьер-Министр**\n",
        &[
            r#"
            [[operation]]
            at = "signature"
            action = "delete-words"
            old = "Премьер-Министр"
            [[operation]]
            at = "signature"
            action = "insert-words"
            position = "after"
            old = "Премьер-Министр"
            new = "білім"
            "#,
            r#"
            [[operation]]
            at = "section:1/part:1"
            action = "replace"
            text = ["В ; екі."]
            "#,
        ],
    ),
    (
        "what comes behind a title whose words were all struck",
        "# Білім",
        &[
            r#"
            [[operation]]
            at = "title"
            action = "delete-words"
            old = "Білім"
            "#,
            r#"
            [[operation]]
            at = "section:1"
            action = "insert"
            text = ["1-бөлім. Тіл"]
            "#,
        ],
    ),
    (
        "a row of tabs below one that ends the file with an empty cell",
        "## 1-бөлім. Білім\n\n1.\tбілім\t",
        &[r#"
            [[operation]]
            at = "row:1"
            action = "insert"
            position = "after"
            text = ["2.\tтіл\tтіл"]
        "#],
    ),
    (
        "words into the heading of a document that is struck",
        "# Орган туралы\n\nБілім.\n\n> қаулысымен бекітілген\n\n## *көлбеу* тізбесі\n",
        &[r#"
            [[operation]]
            at = "annex:1/sentence:1"
            action = "insert-words"
            position = "before"
            old = "көлбеу"
            new = "білім"
            [[operation]]
            at = "annex:1"
            action = "delete"
        "#],
    ),
    (
        "words that come after words in whose place others come",
        "**Премьер-Министр**\n\n      Білім.\n\n1. Тіл.\n",
        &[
            r#"
            [[operation]]
            at = "preamble"
            action = "replace-words"
            old = "Білім"
            new = "білім"
            [[operation]]
            at = "preamble"
            action = "insert-words"
            position = "after"
            old = "Білім"
            new = "беру"
            "#,
            r#"
            [[operation]]
            at = "preamble"
            action = "replace"
            text = ["Білім."]
            "#,
        ],
    ),
    (
        "words at the end of a line that got its line end from an act read before",
        "---\nlanguage: kk\n---\n\n      білім;\n\n      1-бөлім. Білім",
        &[
            r#"
            [[operation]]
            at = "section:1"
            action = "insert-words"
            position = "after"
            old = "Білім"
            new = "білім"
            [[operation]]
            at = "title"
            action = "delete"
            in_force = 2024-01-11
            [[operation]]
            at = "title"
            action = "replace"
            text = ["Білім"]
            [[operation]]
            at = "title"
            action = "insert"
            position = "after"
            text = ["1) Білім", "Білім."]
            "#,
            r#"
            [act]
            date = 2024-01-11
            in_force = "signing"
            [[operation]]
            at = "title"
            action = "insert"
            position = "after"
            text = ["1) Білім"]
            in_force = 2024-01-10
            [[operation]]
            at = "part:1"
            action = "insert"
            text = ["Білім."]
            "#,
        ],
    ),
    (
        "paragraphs beside a line that lost all of its words",
        "#### Білім\n  Білім.\n**Премьер-Министр**\n## 1-бөлім. Білім\n## 2-бөлім. Білім",
        &[
            r#"
            [[operation]]
            at = "preamble/part:2"
            action = "delete-words"
            old = "Премьер-Министр"
            "#,
            r#"
            [[operation]]
            at = "title"
            action = "insert"
            position = "after"
            text = ["1) Білім", "Білім."]
            "#,
        ],
    ),
    (
        "a heading struck whose marks close together",
        "> қаулысымен бекітілген\n\n## білім тізбесі\n\n**1-бап. *Көлбеу***\n\n1. Білім.\n\n**2-бап. <B>қалың</b>**\n\n1. Тіл.\n",
        &[r#"
            [[operation]]
            at = "article:1/heading"
            action = "delete"
            [[operation]]
            at = "article:2/heading"
            action = "delete"
        "#],
    ),
    (
        "two words of one cell, each with its own marks",
        "| № | Атауы | Саны |\n|---|---|---|\n| 3. | *көлбеу* *көлбеу* | білім |\n",
        &[r#"
            [[operation]]
            at = "row:3"
            action = "delete-words"
            old = "көлбеу"
        "#],
    ),
    (
        "three pairs of stars of which one is struck",
        "# Мектеп туралы кодексі\n\n      білім ** білім **\"Заң\"**ның;\n\n**1-бөлім. Білім**\n",
        &[r#"
            [[operation]]
            at = "preamble"
            action = "delete-words"
            old = "білім ** білім"
        "#],
    ),
    (
        "stars at the end of a line whose first ones are replaced",
        "**1-бөлім. Білім**\n\n**1-бап. ****\n",
        &[r#"
            [[operation]]
            at = "section:1/sentence:1"
            action = "replace"
            text = ["2-бөлім. A|b"]
        "#],
    ),
    (
        "what is left of a line looks like a heading",
        "## 6-бөлім. Білім\n\nБілім білім # бір.\n\nБілім > екі.\n",
        &[
            r#"
            [[operation]]
            at = "section:6/part:1"
            action = "delete-words"
            old = "Білім білім"
            [[operation]]
            at = "section:6/part:2"
            action = "delete-words"
            old = "Білім"
            "#,
            r##"
            [[operation]]
            at = "section:6"
            action = "delete-words"
            old = "# бір"
            "##,
        ],
    ),
    (
        "words that come where all the words before them are struck",
        "  1. Білім.\n  білім;\n## 1-бөлім. Білім",
        &[
            r#"
            [[operation]]
            at = "paragraph:1"
            action = "insert-words"
            position = "end"
            new = "беру"
            [[operation]]
            at = "paragraph:1/indent:2"
            action = "delete-words"
            old = "білім"
            "#,
            r#"
            [[operation]]
            at = "paragraph:1"
            action = "replace"
            text = ["1. Білім.", "Тіл."]
            "#,
        ],
    ),
    (
        "neighbouring words that leave, come and change on several days",
        "# Білім туралы\n\n1. Білім **беру** тіл құқық, орган.\n",
        &[r#"
            [act]
            in_force = 2024-01-12
            [[operation]]
            at = "paragraph:1"
            action = "delete-words"
            old = "беру"
            [[operation]]
            at = "paragraph:1"
            action = "insert-words"
            position = "after"
            old = "беру"
            new = "ғылым"
            in_force = 2024-01-14
            [[operation]]
            at = "paragraph:1"
            action = "replace-words"
            old = "тіл"
            new = ", мектеп"
            in_force = 2024-01-10
            [[operation]]
            at = "paragraph:1"
            action = "delete-words"
            old = "құқық"
            [[operation]]
            at = "paragraph:1"
            action = "delete-words"
            old = "орган."
            in_force = 2024-01-11
        "#],
    ),
    (
        "the same words twice at the end of a line",
        "1. Білім тіл тіл.\n",
        &[r#"
            [[operation]]
            at = "paragraph:1"
            action = "delete-words"
            old = "тіл"
        "#],
    ),
    (
        "a row of tabs that loses all of its words",
        "1. Білім.\n4.\tбілім\t\n5. Тіл.\n",
        &[r#"
            [[operation]]
            at = "row:4/column:2"
            action = "delete-words"
            old = "білім"
            [[operation]]
            at = "row:4/column:1"
            action = "repeal"
        "#],
    ),
    (
        "words that the tabs of a row part",
        "1.\tбілім\tбілім\n",
        &[r#"
            [[operation]]
            at = "table:1/indent:1"
            action = "replace-words"
            old = "1. білім білім"
            new = "тіл"
        "#],
    ),
    (
        "a numbered line restated by words with tabs",
        "1\\. Қала білім.\n\n2\\. Тіл.\n",
        &[r#"
            [[operation]]
            at = "paragraph:1"
            action = "replace"
            text = ["тіл\tқала\tорган"]
        "#],
    ),
    (
        "the last row of a table loses its words and the table is restated",
        "1. Білім.\n\n| № | Атауы | Саны |\n|---|---|---|\n| білім | | |\n",
        &[
            r#"
            [[operation]]
            at = "text"
            action = "delete-words"
            old = "білім"
            "#,
            r#"
            [[operation]]
            at = "table:1"
            action = "replace"
            text = ["тіл\tқала\tорган"]
            "#,
        ],
    ),
    (
        "a line that loses all of its words but the space between them",
        "Тіл.\n\nБілім білім\n",
        &[r#"
            [[operation]]
            at = "part:2"
            action = "delete-words"
            old = "Білім"
            [[operation]]
            at = "part:2"
            action = "delete-words"
            old = "білім"
        "#],
    ),
    (
        "a unit struck across the mark that opens a fence",
        "### 1-бап. Білім\n\n1. Беру.\n\n```\nТіл.\n2-бап. Құқық\n```\n\n## 2-бөлім. Білім\n",
        &[r#"
            [[operation]]
            at = "article:1/paragraph:1"
            action = "repeal"
        "#],
    ),
    (
        "a unit struck across the mark that closes a fence",
        "### 1-бап. Білім\n\n```\n2-бап. Құқық\nТіл.\n```\n\n1. Беру.\n\n## 2-бөлім. Білім\n",
        &[r#"
            [[operation]]
            at = "article:2"
            action = "replace"
            text = ["2-бап. Тіл", "1. Орган."]
        "#],
    ),
    (
        "rows put behind the last one of a table",
        "| № | Атауы | Саны |\n|---|---|---|\n| 1. | білім | беру |\n| тіл | | |\n\n2. Тіл.\n",
        &[
            r#"
            [[operation]]
            at = "table:1"
            action = "insert"
            position = "end"
            text = ["2.\tқала\tорган", "3.\tқұқық\tорган"]
            "#,
            r#"
            [[operation]]
            at = "row:3"
            action = "insert"
            position = "after"
            text = ["4.\tқала\tорган"]
            [[operation]]
            at = "row:3"
            action = "replace"
            text = ["3.\tтіл\tорган"]
            "#,
        ],
    ),
    (
        "a table restated by more rows",
        "| № | Атауы |\n|---|---|\n| 1. | білім |\n\n2. Тіл.\n",
        &[r#"
            [[operation]]
            at = "table:1"
            action = "replace"
            text = ["№\tАтауы", "1.\tқала", "2.\tқұқық"]
        "#],
    ),
    (
        "rows of tabs below a table of another format",
        "<table><tr><td>1</td><td>а</td><td>б</td></tr></table>\n1.\tбілім\tтіл\n\n2. Тіл.\n",
        &[r#"
            [[operation]]
            at = "table:2"
            action = "replace"
            text = ["1.\tбілім\tқала", "2.\tбілім\tқала"]
        "#],
    ),
    (
        "an article outside a fence, where the others stand inside",
        "1-бап. Білім\n\n## 1-бөлім. Тіл\n\n```\nБеру.\n1-бап. Білім\n2-бап. Тіл\n```\n\n1. Білім.\n",
        &[r#"
            [[operation]]
            at = "section:1/article:2"
            action = "replace"
            text = ["2-бап. Үшін"]
        "#],
    ),
    (
        "a row put before the last one of a table",
        "| № | Атауы |\n|---|---|\n| 1. | білім |\n| 3. | тіл |\n\n2. Тіл.\n",
        &[r#"
            [[operation]]
            at = "row:3"
            action = "insert"
            position = "before"
            text = ["2.\tқала"]
        "#],
    ),
    (
        "a part put behind a table whose row is restated, where other parts stood before",
        "1.\tбілім\tбілім\n\n      Білім.\n\n      Білім.",
        &[
            r#"
            [[operation]]
            at = "part:1"
            action = "replace"
            text = ["Беру."]
            "#,
            r#"
            [act]
            date = 2024-01-13
            in_force = "signing"
            [[operation]]
            at = "table:1"
            action = "replace"
            text = ["білім\tбілім\tбілім"]
            [[operation]]
            at = "part:1"
            action = "insert"
            text = ["Ұйымы."]
            "#,
            r#"
            [act]
            in_force = 2024-01-10
            [[operation]]
            at = "table:1"
            action = "replace"
            text = ["беру\tберу\tберу"]
            "#,
        ],
    ),
    (
        "a line put into an act of which nothing is left",
        "# Мектеп пен орган туралы\n\nБілім.\n\n1) білім;",
        &[
            r#"
            [[operation]]
            at = "title"
            action = "delete"
            [[operation]]
            at = "part:1"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "text"
            action = "insert"
            position = "after"
            text = ["1) Білім."]
            "#,
            r#"
            [[operation]]
            at = "title"
            action = "replace"
            text = ["Білім"]
            "#,
        ],
    ),
    (
        "a part put into an act whose first line is struck",
        "      Білім.\n      1. Білім.\n      2. Білім.\n\n      3. Білім.\n",
        &[
            r#"
            [[operation]]
            at = "preamble"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "part:1"
            action = "insert"
            text = ["Білім."]
            "#,
        ],
    ),
    (
        "a document restated whose table holds the words of a new line",
        "> қаулысымен бекітілген\n\n## білім тізбесі\n\n  Білім.\n\n<table><tr><td>1</td><td>шешім білім</td><td>және</td></tr></table>\n",
        &[r#"
            [[operation]]
            at = "annex:1"
            action = "replace"
            text = ["Білім", "Білім және шешім."]
        "#],
    ),
    (
        "a row without words that leaves, on one line with the end of its table",
        "# Білім\n\n<table><tr><td>1</td><td>білім</td></tr><tr><td colspan=\"2\"></td></tr></table>\n\n1. Тіл.\n",
        &[r#"
            [[operation]]
            at = "row:1"
            action = "delete"
        "#],
    ),
    (
        "the heading row of a table restated by words without cells",
        "# Білім\n\n| № | Атауы | Саны |\n|---|---|---|\n| 1. | білім | тіл |\n",
        &[r#"
            [[operation]]
            at = "table:1/indent:1"
            action = "replace"
            text = ["Білім."]
        "#],
    ),
    (
        "a row restated one of whose cells lost its words before",
        "| № | Атауы | Саны |\n|---|---|---|\n| 1. | білім | тіл |\n| 2. | білім | тіл |\n| 3. |   | тіл |\n",
        &[
            r#"
            [[operation]]
            at = "row:2/column:2"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "row:2"
            action = "replace"
            text = ["2.\tорган\tтіл"]
            [[operation]]
            at = "row:1"
            action = "replace"
            text = ["1.\t\tтіл"]
            [[operation]]
            at = "row:3"
            action = "replace"
            text = ["3.\tбілім\tқұқық", "4.\t\tтіл"]
            "#,
        ],
    ),
    (
        "rows struck where a cell stands across several rows",
        "<table>\n<tr>\n<td rowspan=\"2\">1.</td>\n<td>білім</td>\n</tr>\n<tr>\n<td>тіл</td>\n</tr>\n<tr>\n<td colspan=\"2\">орган</td>\n</tr>\n</table>\n",
        &[
            r#"
            [[operation]]
            at = 'row:"тіл"'
            action = "delete"
            [[operation]]
            at = "table:1"
            action = "replace"
            text = ["Беру.", "Қала."]
            "#,
            r#"
            [[operation]]
            at = "row:1"
            action = "replace"
            text = ["1.\tқұқық"]
            "#,
        ],
    ),
    (
        "the text restated twice, or restated and added to, of which nothing is left",
        "Білім.",
        &[
            r#"
            [[operation]]
            at = "part:1"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "text"
            action = "replace"
            text = ["Білім."]
            [[operation]]
            at = "text"
            action = "replace"
            text = ["Білім."]
            "#,
            r#"
            [[operation]]
            at = "text"
            action = "insert"
            position = "end"
            text = ["1) Білім."]
            [[operation]]
            at = "text"
            action = "replace"
            text = ["Білім."]
            "#,
        ],
    ),
    (
        "a row put behind a table that is restated at a later date",
        "| № | Атауы |\n|---|---|\n| 1. | білім |\n\n1. Тіл.\n",
        &[
            r#"
            [act]
            in_force = 2024-01-11
            [[operation]]
            at = "row:1"
            action = "replace-words"
            old = "қала"
            new = "орган"
            [[operation]]
            at = "table:1"
            action = "insert"
            position = "after"
            text = ["2.\tқұқық"]
            in_force = 2024-01-14
            "#,
            r#"
            [act]
            in_force = 2024-01-10
            [[operation]]
            at = "paragraph:1"
            action = "replace-words"
            old = "Тіл"
            new = "Қала"
            [[operation]]
            at = "table:1"
            action = "replace"
            text = ["№\tАтауы", "1.\tтіл"]
            in_force = 2024-01-13
            "#,
        ],
    ),
    (
        "a unit put behind the last line of a file whose words leave with it",
        "## 1-бөлім. Білім",
        &[r#"
            [[operation]]
            at = "section:1-1"
            action = "insert"
            text = ["1-1-бөлім. Білім"]
            [[operation]]
            at = "section:1"
            action = "delete"
        "#],
    ),
    (
        "a line put before the text of an act with front matter",
        "---\nlanguage: kk\n---\n\nБілім.",
        &[
            r#"
            [[operation]]
            at = "part:1"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "text"
            action = "insert"
            position = "before"
            text = ["1) Білім."]
            "#,
        ],
    ),
    (
        "a paragraph restated by several, then struck, then cleared of its last sentence",
        "1. Білім.\n\n2. Білім.",
        &[
            r#"
            [[operation]]
            at = "paragraph:2/part:1"
            action = "replace"
            text = ["Білім.", "Білім."]
            "#,
            r#"
            [[operation]]
            at = "paragraph:2"
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "paragraph:2/sentence:1"
            action = "delete"
            "#,
        ],
    ),
    (
        "words at the end of a paragraph whose table ends with a row across",
        "1. Білім:\n\n| № | Атауы |\n|---|---|\n| 1. | білім |\n| тіл | |\n",
        &[
            r#"
            [[operation]]
            at = "paragraph:1"
            action = "insert-words"
            position = "end"
            new = "құқық"
            "#,
            r#"
            [[operation]]
            at = "paragraph:1/subchapter:\"тіл құқық\""
            action = "insert"
            position = "before"
            text = ["Қала"]
            "#,
        ],
    ),
    (
        "a unit struck beside what comes before the next one, where a unit between them was struck",
        "## 2-бөлім. Білім\n\n#### Білім\n\nБеру.\n\n## 1-тарау. Білім\n",
        &[
            r#"
            [[operation]]
            at = "chapter:\"Білім\""
            action = "delete"
            "#,
            r#"
            [[operation]]
            at = "chapter:1"
            action = "insert"
            position = "before"
            text = ["1-3-тарау. Тіл"]
            [[operation]]
            at = "section:2"
            action = "delete"
            "#,
        ],
    ),
    (
        "emphasised words replaced, and then struck with those behind them",
        "# Туралы\n\n<b>қалың</b> білім;\n",
        &[
            r#"
            [[operation]]
            at = "part:1"
            action = "replace-words"
            old = "қалың"
            new = "жаңа"
            "#,
            r#"
            [[operation]]
            at = "part:1"
            action = "replace-words"
            old = "жаңа білім"
            new = "ұйымы"
            "#,
        ],
    ),
];
