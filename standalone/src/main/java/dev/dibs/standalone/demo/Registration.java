package dev.dibs.standalone.demo;

import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.demo.BuyerFactory.Registered;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A few buyers register and log in as anybody does. All of them would keep the password hash busy for an hour, so the
 * rest come with tokens as a company's single sign-on would make them.
 */
final class Registration {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final List<String> NAMES = List.of("demo-ada", "demo-grace", "demo-linus");

    private final BuyerClient client;
    private final JsonMapper json = new JsonMapper();

    Registration(BuyerClient client) {
        this.client = client;
    }

    /** @param atMost how many are wanted */
    List<Registered> registerAndLogIn(int atMost) {
        SecureRandom random = new SecureRandom();
        List<Registered> registered = new ArrayList<>();
        for (String name : NAMES.subList(0, Math.min(atMost, NAMES.size()))) {
            String password = "demo-" + Long.toHexString(random.nextLong()) + "-Password";
            granted("register", name, password);
            String token = granted("login", name, password).data().path("token").asString("");
            registered.add(new Registered(subject(token), token));
        }
        return registered;
    }

    private Answer granted(String step, String name, String password) {
        Answer answer = client.account(step, name, password).block(ANSWER);
        if (answer == null || !answer.isGranted()) {
            throw new ProblemException("/user/" + step + " of " + name + " was answered "
                    + (answer == null ? "nothing" : "ret " + answer.ret() + ": " + answer.message()));
        }
        return answer;
    }

    private String subject(String token) {
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        return json.readTree(payload).path("sub").asString("");
    }
}
