package dev.dibs.processor;

import dev.dibs.processor.running.ProcessorStartException;
import dev.dibs.settings.SettingNames;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Refuses settings that nobody knows, which would be ignored silently. Those of the other services are known. */
final class SettingsCheck {
    private SettingsCheck() {}

    /** @throws ProcessorStartException naming the first that is not known */
    static void check(ConfigurableEnvironment environment) {
        SettingNames names = new SettingNames();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                boolean variables =
                        source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
                names.complaint(enumerable.getPropertyNames(), variables).ifPresent(complaint -> {
                    throw new ProcessorStartException(complaint);
                });
            }
        }
    }
}
