package io.patchbay.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils a body the way networks, proxies and enemies do. The same seed spoils it the same way. */
enum Mutation {
    CUT {
        @Override
        byte[] of(byte[] body, Random random) {
            return Arrays.copyOf(body, random.nextInt(body.length + 1));
        }
    },
    BYTES {
        @Override
        byte[] of(byte[] body, Random random) {
            var spoilt = body.clone();
            for (var i = 0; i < 1 + random.nextInt(20) && spoilt.length > 0; i++) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            return spoilt;
        }
    },
    TWICE {
        @Override
        byte[] of(byte[] body, Random random) {
            return joined(body, body);
        }
    },
    SHUFFLED {
        @Override
        byte[] of(byte[] body, Random random) {
            var at = random.nextInt(body.length + 1);
            return joined(Arrays.copyOfRange(body, at, body.length), Arrays.copyOf(body, at));
        }
    },
    CHARSET {
        @Override
        byte[] of(byte[] body, Random random) {
            var charsets = List.of("UTF-16", "UTF-32", "windows-1251", "IBM500");
            return new String(body, StandardCharsets.UTF_8)
                    .getBytes(Charset.forName(charsets.get(random.nextInt(charsets.size()))));
        }
    },
    XML_BOMB {
        @Override
        byte[] of(byte[] body, Random random) {
            var bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a0 \"ha\">");
            for (var i = 1; i < 30; i++) {
                bomb.append("<!ENTITY a").append(i).append(" \"");
                bomb.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
            }
            return bytes(bomb.append("]><b>&a29;</b>").toString());
        }
    },
    FOREIGN_FILE {
        @Override
        byte[] of(byte[] body, Random random) {
            return bytes("<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><b>&f;</b>");
        }
    },
    DEEP_JSON {
        @Override
        byte[] of(byte[] body, Random random) {
            return bytes("[".repeat(50_000));
        }
    },
    DEEP_XML {
        @Override
        byte[] of(byte[] body, Random random) {
            return bytes("<?xml version=\"1.0\"?>" + "<a>".repeat(50_000));
        }
    },
    DEEP_FORM {
        @Override
        byte[] of(byte[] body, Random random) {
            return bytes("a" + "[a]".repeat(50_000) + "=1");
        }
    },
    HUGE_NUMBERS {
        @Override
        byte[] of(byte[] body, Random random) {
            return bytes(new String(body, StandardCharsets.UTF_8).replaceAll("\\d+", "9".repeat(400)));
        }
    },
    OTHER_TYPES {
        @Override
        byte[] of(byte[] body, Random random) {
            var other = List.of("null", "{}", "[]", "-1e999", "true", "\"\"");
            return bytes(new String(body, StandardCharsets.UTF_8)
                    .replaceAll("\"[^\"]*\"(?=\\s*[,}\\]])", other.get(random.nextInt(other.size()))));
        }
    },
    NOTHING {
        @Override
        byte[] of(byte[] body, Random random) {
            return new byte[0];
        }
    };

    abstract byte[] of(byte[] body, Random random);

    private static byte[] joined(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
