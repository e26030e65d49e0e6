package dev.dibs.api;

import dev.dibs.api.access.KeyRing;
import dev.dibs.api.http.ClientAddress;
import dev.dibs.settings.SettingNames;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Refuses settings that nobody knows, which would be ignored silently, and values that cannot be. */
final class SettingsCheck implements BeanFactoryPostProcessor, EnvironmentAware, PriorityOrdered {
    private final SettingNames names = new SettingNames();
    private ConfigurableEnvironment environment;

    @Override
    public void setEnvironment(Environment given) {
        environment = (ConfigurableEnvironment) given;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @throws CannotStartException naming what is wrong */
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                checkNames(enumerable);
            }
        }
        checkValues();
    }

    private void checkNames(EnumerablePropertySource<?> source) {
        boolean variables = source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        names.complaint(source.getPropertyNames(), variables).ifPresent(complaint -> {
            throw new CannotStartException(complaint);
        });
    }

    private void checkValues() {
        ApiProperties properties;
        try {
            properties = Binder.get(environment).bindOrCreate("dibs", ApiProperties.class);
        } catch (BindException e) {
            throw new CannotStartException(message(e), e);
        }
        // Both are made again where they are used; here they are only made to fail before any server is waited for.
        new KeyRing(properties.jwt(), Clock.systemUTC());
        new ClientAddress(properties.trustedProxies());
    }

    private static String message(BindException refused) {
        Throwable root = refused;
        boolean converting = false;
        while (root.getCause() != null) {
            root = root.getCause();
            converting |= root instanceof ConversionException;
        }
        if (converting && refused.getProperty() != null) {
            return refused.getName() + " cannot be '" + refused.getProperty().getValue() + "', it must be of type "
                    + refused.getTarget().getType();
        }
        return root.getMessage();
    }
}
