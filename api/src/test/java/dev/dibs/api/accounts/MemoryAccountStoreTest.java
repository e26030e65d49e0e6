package dev.dibs.api.accounts;

import org.junit.jupiter.api.Test;

class MemoryAccountStoreTest {

    @Test
    void keepsTheContractOfAStore() {
        AccountStoreContract.keepsAll(new MemoryAccountStore());
    }

    @Test
    void ofManyRotationsOfOneTokenOneSucceeds() {
        AccountStoreContract.oneOfManyRotationsSucceeds(new MemoryAccountStore());
    }
}
