package dev.dibs.model;

import java.util.ArrayList;
import java.util.List;

/** All states seen, in the order in which they were found, each with the one it was found from. */
final class StateStore {
    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;

    private final List<long[]> words = new ArrayList<>();
    private final List<int[]> parents = new ArrayList<>();
    private int[] table = new int[1 << 16];
    private int size;

    int size() {
        return size;
    }

    /** Does nothing for a state that is there already. */
    void add(long[] state, int parent) {
        int slot = slot(state);
        if (table[slot] != 0) {
            return;
        }
        if ((size & PAGE - 1) == 0) {
            words.add(new long[PAGE * State.WORDS]);
            parents.add(new int[PAGE]);
        }
        System.arraycopy(state, 0, words.get(size >>> PAGE_BITS), offset(size), State.WORDS);
        parents.get(size >>> PAGE_BITS)[size & PAGE - 1] = parent;
        table[slot] = ++size;
        if (size > table.length / 2) {
            grow();
        }
    }

    void get(int index, long[] state) {
        System.arraycopy(words.get(index >>> PAGE_BITS), offset(index), state, 0, State.WORDS);
    }

    int parent(int index) {
        return parents.get(index >>> PAGE_BITS)[index & PAGE - 1];
    }

    private static int offset(int index) {
        return (index & PAGE - 1) * State.WORDS;
    }

    private int slot(long[] state) {
        int slot = hash(state) & table.length - 1;
        while (table[slot] != 0 && !isAt(table[slot] - 1, state)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean isAt(int index, long[] state) {
        long[] page = words.get(index >>> PAGE_BITS);
        int offset = offset(index);
        for (int word = 0; word < State.WORDS; word++) {
            if (page[offset + word] != state[word]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(long[] state) {
        long hash = 0;
        for (long word : state) {
            // Multiplier and shift of SplitMix64's finalizer (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
            // Generators, 2014).
            hash = (hash ^ word) * 0xbf58476d1ce4e5b9L;
            hash ^= hash >>> 27;
        }
        return (int) (hash ^ hash >>> 32);
    }

    private void grow() {
        table = new int[table.length * 2];
        long[] state = new long[State.WORDS];
        for (int index = 0; index < size; index++) {
            get(index, state);
            table[slot(state)] = index + 1;
        }
    }
}
