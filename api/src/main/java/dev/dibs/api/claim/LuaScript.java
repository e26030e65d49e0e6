package dev.dibs.api.claim;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A script of the class path that is called by its digest, and sent whole only to a server that does not know it. */
public final class LuaScript {
    private final String text;
    private final String digest;

    private LuaScript(String text) {
        this.text = text;
        // SHA-1, in hexadecimal: what Redis calls a script by.
        this.digest = Base16.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param name of a resource beside the class */
    public static LuaScript load(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The script " + name + " is missing beside " + beside.getName());
            }
            return new LuaScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For tests that show what goes wrong without a part of the script. */
    LuaScript without(String part) {
        if (!text.contains(part)) {
            throw new IllegalArgumentException("The script has no such part: " + part);
        }
        return new LuaScript(text.replace(part, ""));
    }

    /** Runs the script once. Where the server says NOSCRIPT nothing was executed, so the text may safely be sent. */
    public CompletionStage<List<Object>> run(
            RedisClusterAsyncCommands<String, String> redis, String[] keys, String... arguments) {
        CompletionStage<List<Object>> first = redis.evalsha(digest, ScriptOutputType.MULTI, keys, arguments);
        return first.exceptionallyCompose(error -> {
            Throwable cause = error instanceof CompletionException ? error.getCause() : error;
            if (cause instanceof RedisNoScriptException) {
                return redis.eval(text, ScriptOutputType.MULTI, keys, arguments);
            }
            return CompletableFuture.failedFuture(cause);
        });
    }
}
