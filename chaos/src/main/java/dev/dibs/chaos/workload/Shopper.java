package dev.dibs.chaos.workload;

/**
 * One of the crowd, who wants a ticket of one activity.
 *
 * @param limit how many tickets the activity allows one user
 */
record Shopper(String user, String token, String activity, int limit) {
    String request(int press) {
        return "r" + press;
    }
}
