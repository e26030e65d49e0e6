package dev.dibs.api.recovery;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Recovery that looks at nothing but the state, for a world that shows what happens then. Not marked as a configuration:
 * a whole application that looks for its parts must not find it.
 */
public class UnmendedKeys {
    @Bean
    @Primary
    Repair unmending(Reconciler reconciler) {
        return new Repair(reconciler, (id, epoch) -> reconciler.reconcile(id), System::nanoTime);
    }
}
