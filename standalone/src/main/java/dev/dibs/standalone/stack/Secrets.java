package dev.dibs.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * What must stay the same over restarts and be known to nobody else. Made once, when a data folder is new.
 *
 * @param jwtSecret the HS256 key of the tokens
 * @param adminPassword of the account {@code admin}
 * @param addressSalt of the hashes of client addresses
 * @param pseudonymKey what buyers' names for analysts are made with
 */
public record Secrets(String jwtSecret, String adminPassword, String addressSalt, String pseudonymKey) {
    static final String FILE = "secrets.properties";
    private static final String JWT_SECRET = "jwt.secret";
    private static final String ADMIN_PASSWORD = "admin.password";
    private static final String ADDRESS_SALT = "address.salt";
    private static final String PSEUDONYM_KEY = "pseudonym.key";

    static Secrets of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            return read(file);
        }
        SecureRandom random = new SecureRandom();
        Properties properties = new Properties();
        properties.setProperty(JWT_SECRET, random(random, 48));
        properties.setProperty(ADMIN_PASSWORD, random(random, 15));
        properties.setProperty(ADDRESS_SALT, random(random, 24));
        properties.setProperty(PSEUDONYM_KEY, random(random, 48));
        OwnerFiles.write(file, properties, "Secrets of this data folder. Losing them logs everybody out.");
        return read(file);
    }

    /** The secrets of a folder that a stack has used, without making any. */
    static Secrets existing(Path folder) throws IOException {
        return read(folder.resolve(FILE));
    }

    Secrets withAdminPassword(String password) {
        return new Secrets(jwtSecret, password, addressSalt, pseudonymKey);
    }

    Secrets withJwtSecret(String secret) {
        return new Secrets(secret, adminPassword, addressSalt, pseudonymKey);
    }

    private static Secrets read(Path file) throws IOException {
        Properties properties = OwnerFiles.read(file);
        return new Secrets(
                required(properties, JWT_SECRET, file),
                required(properties, ADMIN_PASSWORD, file),
                required(properties, ADDRESS_SALT, file),
                required(properties, PSEUDONYM_KEY, file));
    }

    private static String required(Properties properties, String key, Path file) throws IOException {
        String value = properties.getProperty(key, "");
        if (value.isBlank()) {
            throw new IOException(file + " has no " + key);
        }
        return value;
    }

    private static String random(SecureRandom random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    @Override
    public String toString() {
        return "Secrets[***]";
    }
}
