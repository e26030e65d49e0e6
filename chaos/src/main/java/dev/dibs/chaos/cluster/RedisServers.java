package dev.dibs.chaos.cluster;

import java.util.ArrayList;
import java.util.List;

/** The Redis servers of an installation, however they belong together. */
public interface RedisServers {

    /** Those that hold data. */
    List<RedisNode> nodes();

    /** Empty where there are none. */
    List<RedisNode> sentinels();

    /** What {@code dibs.redis} is to be. */
    String uri();

    /** For whoever checks: past the proxy where that can be, as things stand now. */
    String directUri();

    /** Brings the servers together, once all of them serve. */
    void join();

    /** Whether each node has the role that it should have, and follows whom it should. */
    boolean isSettled();

    default List<Member> members() {
        List<Member> members = new ArrayList<>();
        nodes().forEach(node -> members.add(node.member()));
        sentinels().forEach(node -> members.add(node.member()));
        return members;
    }
}
