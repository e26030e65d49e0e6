package dev.dibs.api.claim;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/** A Redis that knows every script, and answers all of them the same; or one that tells the time only. */
public final class AnsweringRedis {
    private AnsweringRedis() {}

    /** @param seconds since the epoch */
    public static RedisClusterAsyncCommands<String, String> atTime(long seconds) {
        return answering((proxy, method, arguments) -> {
            if (!method.getName().equals("time")) {
                throw new IllegalStateException("Only the time is told, not " + method);
            }
            AsyncCommand<String, String, List<String>> command =
                    new AsyncCommand<>(new Command<>(CommandType.TIME, null, null));
            command.complete(List.of(Long.toString(seconds), "0"));
            return command;
        });
    }

    public static RedisClusterAsyncCommands<String, String> always(List<Object> answer) {
        return answering((proxy, method, arguments) -> {
            if (!method.getName().equals("evalsha") || arguments[1] != ScriptOutputType.MULTI) {
                throw new IllegalStateException("Only scripts are answered, not " + method);
            }
            AsyncCommand<String, String, List<Object>> command =
                    new AsyncCommand<>(new Command<>(CommandType.EVALSHA, null, null));
            command.complete(answer);
            return command;
        });
    }

    @SuppressWarnings("unchecked")
    private static RedisClusterAsyncCommands<String, String> answering(InvocationHandler answers) {
        return (RedisClusterAsyncCommands<String, String>) Proxy.newProxyInstance(
                AnsweringRedis.class.getClassLoader(), new Class<?>[] {RedisClusterAsyncCommands.class}, answers);
    }
}
