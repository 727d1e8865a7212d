"""Files of messages as repositories have them, in the shapes and languages that they come in.

Written for the tests; each is small, and has what such files are known for: plural forms, nesting, anchors,
folded lines, CDATA, escapes, several encodings and line ends.
"""

from __future__ import annotations

PO = r"""# Traductions de l’application.
msgid ""
msgstr ""
"Project-Id-Version: boutique 2.1\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"Language: fr\n"

#. sms
#: telephony/otp.py:12 telephony/otp.py:40
#, python-format
msgid "%(code)s is your code"
msgstr "Votre code est %(code)s, valable jusqu’à 10 h"

#: model:sms.template,body:calendar.reminder
msgid ""
"Hello ${object.name},\n"
"see you \"tomorrow\""
msgstr ""
"Bonjour ${object.name},\n"
"\tà \"demain\" \\o/ "
"et merci"

msgctxt "sms"
msgid "%d message"
msgid_plural "%d messages"
msgstr[0] "%d message reçu"
msgstr[1] "%d messages reçus"

#, fuzzy
#| msgid "Old"
msgid "New"
msgstr "Ancien"

msgid "Not yet"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Parti"
"""

ARABIC_PO = r"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\nLanguage: ar\n"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "لا أيام"
msgstr[1] "يوم واحد"
msgstr[2] "يومان"
msgstr[3] "{n} أيام"
msgstr[4] "{n} يومًا"
msgstr[5] "{n} يوم"
"""

RAILS = r"""# Los textos de la telefonía
es:
  telephony: &telephony
    otp:
      # sms, un segmento
      sms: "Su código es\u00a0%{code}.\nNo lo comparta" # véase el manual
      voice: Su código es %{code}
    folded: >-
      Hola %{name}, su cita
      es mañana

      a las %{hour}
        (hora local)
      gracias
    kept: |
      ¡Atención!
        Señor:

      fin
    single: 'Añada ''sí'' o ''no''
      y envíelo'
    plain: Un texto que sigue
      en otra línea
    joined: "una línea \
      larga — “cita”"
  other:
    <<: *telephony
    list: [uno, "dos\t2", 'tres']
    count:
      one: un mensaje
      other: "%{count} mensajes"
    number: 12
    empty: ""
"""

SYMFONY = r"""sms:
    invited: >
        {gender, select,
            female {{name} vous invite à sa fête}
            other {L''équipe de {name} vous invite}
        }
    plain: 'Bonjour {name}'
"""

CHINESE_JSON = r"""{
  "sms": {
    "code": "您的验证码是 {{code}}，请勿告知他人。",
    "link": "打开 \u201c{{ url }}\u201d\n\t$t(common.thanks) \/ \ud83d\ude00",
    "sent_one": "已发送 {{count}} 条",
    "sent_other": "已发送 {{count}} 条",
    "list": ["一", "二", {"deep": "三"}],
    "size": 3
  },
  "empty": ""
}
"""

FORMATJS = r"""{
  "otp": {"defaultMessage": "{count, plural, one {# kod} other {# kodlar}}: İyi l''ağ", "description": "sms"},
  "hi": {"defaultMessage": "Merhaba {name}", "description": "button"}
}
"""

ARB = r"""{
  "@@locale": "ar",
  "code": "رمزك هو {code}",
  "@code": {"description": "One-time code", "context": "sms", "placeholders": {"code": {"type": "String"}}},
  "title": "مرحبا"
}
"""

ANDROID = r"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE resources [
  <!ENTITY app "Septet">
]>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <!-- sms -->
    <string name="code">&app;: kodunuz <xliff:g id="code">%1$s</xliff:g>, İstanbul\'da \u2019 geçerli</string>
    <string name="quoted">"  iki  boşluk "</string>
    <string name="wrapped">
        Sayın %1$s,
        &lt;b&gt; yarın <b>görüşürüz</b>\n\@ev &#8217;
    </string>
    <string name="raw"><![CDATA[Bağlantı: <a href="x">burada</a> & ötesi]]></string>
    <string name="alias">@string/code</string>
    <string name="empty"/>
    <plurals name="days">
        <item quantity="one">%d gün</item>
        <item quantity="other">%d gün kaldı</item>
    </plurals>
    <string-array name="answers"><item>EVET</item><item>HAYIR ✓</item></string-array>
</resources>
"""

LARAVEL = r"""<?php

/*
 * Les textes des SMS
 */
return [
    // sms
    'code' => 'Votre code est :code, à saisir sur l\'écran', // 1 segment
    "double" => "Bonjour :name,\nvotre solde\t\"est\" de \$5 \u{2019} \xc3\xa9 $x",
    'nested' => array(
        'deep' => ['sent' => '{1} un message|[2,*] :count messages', 'prefix' => ':token et :tokenUrl'],
        'joined' => 'à suivre' . ' et ' .
            'fin \\',
    ),
    'mixed' => 'Chez ' . config('app.name') . " d’ici là",
    'here' => <<<EOT
      Première ligne : $name
        seconde {$user->name} “là”
      EOT,
    'now' => <<<'EOT'
    Tel $quel \n
    ici
    EOT,
    'Sign in' => 'Connexion',
    'list' => ['un', 'deux'],
    'call' => __('sms.code'),
    'empty' => '',
];
"""

APPLE = r"""/* sms */
"code" = "Votre code est %@ : l’appli \"Septet\"\n\U00e9";
// bouton
"ok" = "D'accord";
bare.key = "nu";
"empty" = "";
"""

XCSTRINGS = r"""{
  "sourceLanguage": "en",
  "strings": {
    "%@ is your code": {
      "comment": "sms",
      "localizations": {
        "fr": {"stringUnit": {"state": "translated", "value": "%@ est votre code l\u2019été"}},
        "tr": {"stringUnit": {"state": "new", "value": "%@ is your code"}}
      }
    },
    "%lld days": {
      "localizations": {
        "fr": {"variations": {"plural": {
          "one": {"stringUnit": {"state": "translated", "value": "%lld jour"}},
          "other": {"stringUnit": {"state": "translated", "value": "%lld jours"}}
        }}}
      }
    }
  },
  "version": "1.0"
}
"""

PROPERTIES = (
    r"""# sms
code = Ihr Code f\u00FCr {0} l\u00E4uft um {1,time} Uhr ab, geht''s?
key\ with\ blanks : %1$s
folded = eine Zeile \
    geht weiter \u2019
! ein Hinweis

tab\tname=Wert\twert
path=C:\\neu
empty=
""".replace("\n", "\r\n")
    + "latin=Grüße\r\n"
)

XLIFF = r"""<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file source-language="en" target-language="fr" datatype="plaintext" original="messages">
    <body>
      <group resname="sms">
        <trans-unit id="h1" resname="sms.code">
          <source>Hi <x id="INTERPOLATION" equiv-text="{{ name }}"/></source>
          <target>Salut <x id="INTERPOLATION" equiv-text="x"/>, l’été &amp; <g id="1">après</g></target>
          <note>sms</note>
        </trans-unit>
      </group>
      <trans-unit id="raw"><source>Raw</source><target><![CDATA[<Brut> & %name%]]></target></trans-unit>
      <trans-unit id="none"><source>Only &lt;here&gt;</source></trans-unit>
      <trans-unit id="new"><source>New</source><target state="needs-translation">New</target></trans-unit>
    </body>
  </file>
</xliff>
"""

FLUENT = r"""### Les SMS

# sms
code = { -brand-name } : { $code } est votre code, l’ami
    .title = Titre
folded =
    Première ligne
      plus loin

    { $name } à la fin { "{" }
sent = Vous avez { $count ->
    [one] un message
   *[other] { $count } messages
  } de { -brand-name }
"""

BRAND = "-brand-name = Septet\n"

TOML = (
    r"""# Mensajes
[sms]
# sms
code = "Su código es {{ .Code }} \u2019" # corto
"key.dotted" = 'literal ''' # nothing follows
""".replace("'literal '''", "'literal \"sí\"'")
    + r'''
lines = """
Primera línea
 segunda \
    seguida "sí" fin"""
raw = """una "cita" aquí"""
raw_lines = \'\'\'
¿Qué \d\'\'\'
[count]
one = "un mensaje"
other = "{{ .Count }} mensajes"
[[steps]]
text = "uno"
[[steps]]
text = "dos"
list = ["a", {k = "b"}]
'''.replace("\\'", "'")
)

CSV = 'key;fr;en;comment\r\nsms.code;"Votre ""code""\r\n: {code}";Your {code};sms\r\nb;;it’s on;\r\n'

JINJA = "{% if name %}Bonjour {{ name }},{% else %}Bonjour,{% endif %}\nrendez-vous demain à l’heure.\n"

PYTHON = r'''
WELCOME = "Bienvenue l’été %(name)s"  # septet: sms
def remind(user, day):
    # septet: sms login
    return f"Bonjour {user.name!r:>3}, à {{bientôt}} "
NOT = "pas un SMS"
TEXTS = {"late": """Deux
lignes\x41 \N{BULLET} \
fin"""}  # septet: sms
'''

#: The path of each, whose name is its format, and its octets.
FILES: dict[str, bytes] = {
    "locale/fr/LC_MESSAGES/django.po": PO.encode(),
    "locale/ar.po": ARABIC_PO.encode("utf-8-sig"),
    "config/locales/es.yml": RAILS.encode(),
    "translations/messages+intl-icu.fr.yaml": SYMFONY.encode(),
    "locales/zh/translation.json": CHINESE_JSON.encode(),
    "lang/tr.json": FORMATJS.encode(),
    "lib/l10n/app_ar.arb": ARB.encode(),
    "res/values-tr/strings.xml": ANDROID.encode(),
    "lang/fr/sms.php": LARAVEL.encode(),
    "fr.lproj/Localizable.strings": APPLE.encode("utf-16"),
    "Localizable.xcstrings": XCSTRINGS.encode(),
    "messages_de.properties": PROPERTIES.encode("iso-8859-1"),
    "messages.fr.xlf": XLIFF.encode(),
    "l10n/fr/sms.ftl": FLUENT.encode(),
    "i18n/es.toml": TOML.encode(),
    "sms.csv": CSV.encode(),
    "reminder.txt.j2": JINJA.encode(),
    "texts.py": PYTHON.encode(),
}
#: The same with the line ends of Windows, where a format has no other.
WITH_CRLF = {
    path: octets.replace(b"\n", b"\r\n")
    for path, octets in FILES.items()
    if not path.endswith((".strings", ".properties", ".csv", ".py"))
}
