"""Inquiries of residents, made from a seed: letters, mails and telephone notes with planted personal data.

Names are drawn from lists of common family and given names, telephone numbers from ranges that nobody has (00-0000-…,
090-0000-…), mail addresses from example.com. What must stay readable is noted beside what must go.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from rag.guard import check_digit


def _words(*lines: str) -> list[str]:
    return [word.replace("/", " ") for line in lines for word in line.split()]


FAMILY = _words(
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 清水 山崎 池田",
    "橋本 阿部 石川 前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 中野",
    "原田 髙橋 齋藤 渡邊 濱田 五十嵐 林 森 原 関 久保 川口 千葉 宮崎",
)
#: Of these nobody asks whether a place is meant.
PLAIN_FAMILY = FAMILY[:40]
GIVEN = _words(
    "太郎 花子 健太 美咲 翔太 陽菜 大輔 由美子 誠 恵 直樹 さくら 結衣 蓮 葵 一郎 和子 正 幸子 拓也 愛 麻衣 健 茂 清",
    "久美子 美穂 悠真 陽翔 凛 ひなた 結菜 浩二 純子 隆 千尋 真由美 翼 悟 明美",
)
CHILDREN = GIVEN[:14]
KANA = _words("サトウ/ハナコ スズキ/ケンタ タナカ/ミサキ ヤマダ/タロウ イトウ/ユミコ コバヤシ/ナオキ ワタナベ/アイ")
FOREIGN = _words("グエン・ヴァン・アン マリア・サントス ジョン・スミス キム・ミンジュン リー・ウェイ アンナ・クルーズ")
LATIN = _words("Maria/Santos John/Smith Nguyen/Van/An Kim/Minjun Anna/Cruz Peter/Brown Hanako/Sato Yamada/Taro")
CITIES = _words("埼玉県川口市 川崎市川崎区 さいたま市浦和区 三重県伊勢市 青嶺市 みなも町 横浜市 北海道青嶺市")
TOWNS = _words("青葉 本町 緑が丘 さくら台 中央 栄町 東山 西新田 大字上野 桜木町 日の出 富士見")
HOUSES = _words("コーポ青葉 メゾン桜 第二緑荘 グリーンハイツ ハイム中央 市営住宅")
DUTIES = _words("子ども医療費の支給 国民健康保険 介護保険 児童手当 住民基本台帳 市営住宅 予防接種")
COMPANIES = _words("アイネス 富士通Japan株式会社 日立システムズ 株式会社NTTデータ 田中システム株式会社")
OFFICES = ("市役所 子ども福祉課", "市役所国保年金課", "市役所 市民課 窓口", "保健センター", "市コールセンター")

WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
ALIKE = str.maketrans("01", "Ol")


@dataclass(frozen=True, slots=True)
class Planted:
    """A value that must go: [start, end) of the text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A text, what was planted in it, and words that must still be read when it is masked."""

    text: str
    planted: tuple[Planted, ...]
    stays: tuple[str, ...]


@dataclass
class Pen:
    """Writes a text and notes what it planted."""

    rng: random.Random
    text: str = ""
    planted: list[Planted] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)

    def write(self, *parts: str | tuple[str, str]) -> None:
        """Text as it is; a pair is (kind, value), kind "" for what must stay."""
        for part in parts:
            kind, value = part if isinstance(part, tuple) else (None, part)
            if kind:
                self.planted.append(Planted(kind, len(self.text), len(self.text) + len(value)))
            elif kind == "":
                self.stays.append(value)
            self.text += value

    def one(self, *choices: str) -> str:
        """One of them."""
        return self.rng.choice(choices)


def inquiries(count: int, seed: int = 5) -> list[Inquiry]:
    """So many inquiries, the same for the same seed; each holds a 個人番号."""
    rng = random.Random(seed)
    return [_inquiry(rng, rng.choice((letter, mail, note, short, english))) for _ in range(count)]


def _inquiry(rng: random.Random, style: Callable[[Pen], None]) -> Inquiry:
    pen = Pen(rng)
    style(pen)
    return Inquiry(pen.text, tuple(pen.planted), tuple(pen.stays))


# What is planted, in many spellings.


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def valid_number(rng: random.Random) -> str:
    """Twelve digits with a right check digit."""
    elevens = digits(rng, 11)
    return f"{elevens}{check_digit(elevens)}"


def grouped(number: str, width: int, separator: str) -> str:
    return separator.join(number[at : at + width] for at in range(0, len(number), width))


def as_written(rng: random.Random, number: str) -> str:
    """One of the spellings of a 個人番号 that need no name beside them."""
    at = rng.randrange(1, 12)
    fours = (" ", "-", ".", "・", "　", "\t", " - ", "ー", "\n", "の", "_", "/", "、", "\u200b-", "<br>", "\n> ")
    return rng.choice(
        (
            number,
            *(number.translate(signs) for signs in (WIDE, KANJI, CIRCLED)),
            *(grouped(number.translate(KANJI), 4, sign) for sign in ("-", "の", " ")),
            *(grouped(number, 4, sign) for sign in fours),
            *(grouped(number.translate(WIDE), 4, sign) for sign in ("－", "ー", "　", "‐")),
            *(grouped(number, 1, sign) for sign in (" ", "\n", "|", ",", "\u200b", "・")),
            *(grouped(number, width, sign) for width, sign in ((3, " "), (6, "-"), (2, " "))),
            f"{number[:at]}\n{number[at:]}",
            f"{number[:4]}ハイフン{number[4:8]}ハイフン{number[8:]}",
        )
    )


def as_named(rng: random.Random, number: str) -> str:
    """One of the spellings that only the number's name beside them tells apart."""
    said = f"{number[:4]}、次の4桁が{number[4:8]}、最後が{number[8:]}"
    return rng.choice((said, grouped(number.translate(ALIKE), 4, " "), grouped(number, 4, "\n- ")))


def person(rng: random.Random) -> str:
    return rng.choice(FAMILY) + rng.choice(("", " ", "　")) + rng.choice(GIVEN)


def telephone(rng: random.Random) -> str:
    tail = digits(rng, 4)
    plain = rng.choice((f"00-0000-{tail}", f"090-0000-{tail}", f"080-0000-{tail}", f"048-000-{tail}"))
    spelt = (plain, plain.translate(WIDE), plain.replace("-", " "), plain.replace("-", "ー"))
    return rng.choice((*spelt, f"0900000{tail}"))


def address(rng: random.Random) -> str:
    """What follows the municipality."""
    a, b, c = rng.randint(1, 9), rng.randint(1, 30), rng.randint(1, 20)
    blocks = (f"{a}丁目{b}番{c}号", f"{a}-{b}-{c}", f"{a}丁目{b}-{c}", f"{str(a).translate(KANJI)}丁目{b}番{c}号")
    block = rng.choice((*blocks, f"{b * 37}番地", f"{b * 11}番地の{c}", f"{b}-{c}"))
    house, room = rng.choice(HOUSES), rng.randint(101, 909)
    written = f"{rng.choice(TOWNS)}{block}" + rng.choice(("", "", f" {house}{room}号室", f" {house}{room}"))
    return written.translate(WIDE) if rng.random() < 0.2 else written


def mail_address(rng: random.Random) -> str:
    name = rng.choice(("taro", "hanako.s", "kenta_1985", "info-abc", "m.tanaka"))
    return rng.choice((f"{name}@example.com", f"{name}@mail.example.jp", f"{name}＠example.com"))


def birth(rng: random.Random) -> str:
    year, month, day = rng.randint(1940, 2018), rng.randint(1, 12), rng.randint(1, 28)
    era = f"昭和{year - 1925}年" if year < 1989 else f"平成{year - 1988}年"
    western = (f"{year}年{month}月{day}日", f"{year}/{month:02}/{day:02}", f"{year}-{month}-{day}")
    return rng.choice((f"{era}{month}月{day}日", *western, f"S{rng.randint(20, 63)}.{month}.{day}"))


# What inquiries are made of.


def question(pen: Pen) -> None:
    city, duty, company = pen.one(*CITIES), pen.one(*DUTIES), pen.one(*COMPANIES)
    asked: tuple[tuple[str | tuple[str, str], ...], ...] = (
        (("", duty), "の事務は", ("", company), "に委託しているのでしょうか。"),
        ("私の情報は誰が見られるのですか。", ("", duty), "について教えてください。"),
        (("", city), "の", ("", duty), "では、いつまで情報を保管しますか。"),
        (("", "令和6年4月1日"), "に公表された評価書を見ました。", ("", company), "は再委託していますか。"),
        ("自分の情報の", ("", "開示を請求"), "したいです。手続を教えてください。"),
        (("", "平成20年4月2日以降"), "に生まれた子は対象ですか。"),
    )
    pen.write(*pen.rng.choice(asked))


def number(pen: Pen) -> None:
    """A sentence with a 個人番号."""
    rng, value = pen.rng, valid_number(pen.rng)
    if rng.random() < 0.25:
        pen.write(
            pen.one("マイナンバーは", "個人番号：\n", "My Number "), ("個人番号", as_named(rng, value)), " です。\n"
        )
    else:
        said = pen.one("番号は", "カードの裏に ", "前に書いた", "個人番号：")
        pen.write(said, ("個人番号", as_written(rng, value)), pen.one("です。", " です。\n", "\n"))


def extra(pen: Pen) -> None:
    """A sentence with something planted, or with an office's contact that stays."""
    rng = pen.rng
    child, family, office = rng.choice(CHILDREN), rng.choice(PLAIN_FAMILY), pen.one(*OFFICES)
    told: tuple[tuple[str | tuple[str, str], ...], ...] = (
        (pen.one("長男の", "娘の", "妻の", "夫 "), ("氏名", child), pen.one("は", "が"), "対象だと聞きました。"),
        (pen.one("世帯主の", "父の", "配偶者は", "母・"), ("氏名", person(rng)), "です。"),
        (pen.one("生年月日は", "生年月日：", "誕生日は"), ("生年月日", birth(rng)), "です。"),
        ("子どもは", ("生年月日", birth(rng)), pen.one("生まれ", "生", "に生まれました"), "。"),
        (pen.one("口座は青葉銀行本店 普通 ", "口座番号："), ("口座番号", digits(rng, 7)), "です。"),
        ("記号", ("口座番号", f"1{digits(rng, 3)}0"), " 番号", ("口座番号", f"{digits(rng, 6)}1"), "です。"),
        (pen.one("保険証の記号番号は", "保険証の番号 ", "被保険者番号："), ("被保険者番号", digits(rng, 8)), "です。"),
        (pen.one("受給者番号は", "受給者証番号："), ("受給者番号", digits(rng, 7)), "です。"),
        ("宛名番号", pen.one("は", "："), ("宛名番号", digits(rng, 10)), "です。"),
        ("住民票コードは", ("住民票コード", digits(rng, 11)), "です。"),
        (("氏名", family), pen.one("さんから聞きました。", "様に対応いただきました。")),
        (("", office), " 電話", ("", f"048-000-{digits(rng, 4)}"), "に掛けましたがつながりません。"),
        ("先日、", ("", f"〒000-{digits(rng, 4)} 川口市中央2-1-1 川口市役所"), "へ行きました。"),
    )
    pen.write(*rng.choice(told))


def body(pen: Pen) -> None:
    number(pen)
    for _ in range(pen.rng.randint(1, 4)):
        (question if pen.rng.random() < 0.4 else extra)(pen)
        pen.write(pen.one("", "", "\n", "また、"))
    question(pen)


def home(pen: Pen) -> None:
    if pen.rng.random() < 0.5:
        pen.write(("住所", f"〒000-{digits(pen.rng, 4)}"), pen.one(" ", "\n"))
    pen.write(("", pen.one(*CITIES)), ("住所", address(pen.rng)))


def letter(pen: Pen) -> None:
    name = person(pen.rng)
    pen.write(("", "川口市長"), " 様\n\n", pen.one("拝啓 時下ますます御清栄のことと存じます。\n", "前略\n", ""))
    if pen.rng.random() < 0.5:
        pen.write("私は")
        home(pen)
        pen.write("に住む", ("氏名", name), "と申します。")
    body(pen)
    pen.write("\n", pen.one("敬具", "草々", "以上", "よろしくお願いします。"), "\n\n")
    home(pen)
    pen.write("\n", ("氏名", name))
    if pen.rng.random() < 0.4:
        pen.write("（", ("氏名", pen.one("さとう はなこ", "やまだ たろう", "すずき けんた")), "）")
    pen.write("\n", pen.one("電話 ", "TEL:", "携帯："), ("電話番号", telephone(pen.rng)), "\n")


def mail(pen: Pen) -> None:
    name = pen.one(person(pen.rng), pen.one(*FOREIGN), pen.one(*KANA))
    pen.write("差出人: ", ("氏名", name), " <", ("メールアドレス", mail_address(pen.rng)), ">\n")
    pen.write("件名: ", ("", "個人情報の取扱いについて"), "\n\n")
    pen.write(pen.one("お世話になります。", "はじめまして。", "担当者様\n"))
    pen.write(("氏名", name), pen.one("です。", "と申します。", "といいます。"), "\n")
    body(pen)
    pen.write("\n\n--\n", ("氏名", name), "\n")
    if pen.rng.random() < 0.5:
        pen.write(pen.one("住所：", "住所 "))
        home(pen)
        pen.write("\n")
    pen.write(pen.one("連絡先：", "電話番号:", "Tel "), ("電話番号", telephone(pen.rng)), "\n")


def note(pen: Pen) -> None:
    rng = pen.rng
    pen.write(pen.one("【電話メモ】", "受電記録", "■入電"), "\n日時：", ("", "令和8年4月1日"), " 10時15分\n")
    pen.write(pen.one("氏名：", "相手：", "申出者 ", "お名前："), ("氏名", pen.one(person(rng), pen.one(*KANA))))
    pen.write(pen.one("様", "さん", ""), "\n住所：")
    home(pen)
    pen.write("\n", pen.one("電話：", "折返し先 ", "連絡先 "), ("電話番号", telephone(rng)), "\n")
    if rng.random() < 0.6:
        pen.write("生年月日：", ("生年月日", birth(rng)), "\n")
    pen.write("内容：")
    body(pen)
    pen.write("\n対応：", ("", "市民課"), " ", ("氏名", rng.choice(PLAIN_FAMILY)), "\n")


def short(pen: Pen) -> None:
    body(pen)
    if pen.rng.random() < 0.6:
        pen.write("\n", ("氏名", person(pen.rng)), pen.one("より", " 拝", ""), "\n")


def english(pen: Pen) -> None:
    rng, name = pen.rng, pen.one(*LATIN)
    house = f"{rng.randint(1, 9)}-{rng.randint(1, 30)}-{rng.randint(1, 20)} Aoba"
    born = pen.one("May 3, 1980", "3 May 1980", "1980-05-03", "12 January 1975")
    pen.write("Dear ", ("", "Kawaguchi City Hall"), ",\n\nMy name is ", ("氏名", name), ". ")
    if rng.random() < 0.5:
        pen.write("I live at ", ("住所", house), ", ", ("", "Kawaguchi City"), ". ")
    pen.write("My Number is ", ("個人番号", grouped(valid_number(rng), 4, pen.one("", " ", "-"))), ". ")
    if rng.random() < 0.5:
        pen.write("I was born on ", ("生年月日", born), ". ")
    pen.write("Who handles my ", ("", "child medical expense"), " data?\n\n")
    pen.write(pen.one("Sincerely,", "Best regards,", "Thank you,"), "\n", ("氏名", name), "\n")
    pen.write(("メールアドレス", mail_address(rng)), "\n", pen.one("Phone: ", "Tel: "))
    pen.write(("電話番号", f"+81 90 0000 {digits(rng, 4)}"), "\n")
