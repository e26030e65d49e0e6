package dev.dibs.api.eligibility;

/**
 * Names of lists: the version of the activity that they come with, and their hash. With the version, a list that is being
 * deleted because it was replaced can never be the one that somebody brings back at the same moment; with the hash,
 * nothing that is not the list is taken for it.
 */
final class ListName {
    private ListName() {}

    static String of(long activityVersion, String hash) {
        return activityVersion + "-" + hash;
    }

    static String hash(String list) {
        return list.substring(list.indexOf('-') + 1);
    }

    static long version(String list) {
        return Long.parseLong(list.substring(0, list.indexOf('-')));
    }
}
