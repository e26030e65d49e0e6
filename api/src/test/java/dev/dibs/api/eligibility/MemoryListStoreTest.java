package dev.dibs.api.eligibility;

import org.junit.jupiter.api.Test;

class MemoryListStoreTest {
    private final ListStore store = new MemoryListStore();

    @Test
    void aListIsReadAsItWasWritten() {
        ListStoreContract.aListIsReadAsItWasWrittenAlsoAcrossChunks(store);
    }

    @Test
    void whatIsDeletedIsGoneAndNothingElseIs() {
        ListStoreContract.whatIsDeletedIsGoneAndNothingElseIs(store);
    }

    @Test
    void whatIsNotWhatTheNameSaysIsNotTakenForTheList() {
        ListStoreContract.whatIsNotWhatTheNameSaysIsNotTakenForTheList(store);
    }
}
