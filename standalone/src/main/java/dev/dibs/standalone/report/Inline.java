package dev.dibs.standalone.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** A script or a style that stands in the page, and is allowed there by its hash and by nothing else. */
record Inline(String element, String content) {
    Inline {
        // A browser would end it there, or, after such a comment, not end it where it ends.
        String lower = content.toLowerCase(Locale.ROOT);
        if (lower.contains("</" + element) || lower.contains("<!--")) {
            throw new IllegalArgumentException("a " + element + " must not hold its own end, nor open a comment");
        }
        // A browser hashes what it has read, and it reads line ends so.
        content = content.replace("\r\n", "\n").replace('\r', '\n');
    }

    static Inline script(String content) {
        return new Inline("script", content);
    }

    static Inline style(String content) {
        return new Inline("style", content);
    }

    Html html() {
        return new Html("<" + element + ">" + content + "</" + element + ">");
    }

    /** As a Content-Security-Policy names it. */
    String source() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
