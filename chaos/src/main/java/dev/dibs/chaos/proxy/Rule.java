package dev.dibs.chaos.proxy;

import java.util.function.Predicate;

/**
 * Trouble on some links, from when it is imposed until it is lifted.
 *
 * @param clients by name; a client that is none of our processes is called {@link Network#STRANGER}
 * @param servers by name
 */
public record Rule(Trouble trouble, Predicate<String> clients, Predicate<String> servers) {

    boolean concerns(String client, String server) {
        return clients.test(client) && servers.test(server);
    }
}
