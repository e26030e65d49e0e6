package dev.dibs.api.codes;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The keys of codes, as they are configured. */
@Configuration(proxyBeanMethods = false)
class CodesConfiguration {
    private static final int RESEALED_AT_ONCE = 1_000;

    @Bean
    CodeSecrets codeSecrets(ApiProperties properties) {
        try {
            return CodeSecrets.of(
                    properties.codes().keys(),
                    properties.codes().fingerprintKey(),
                    properties.jwt().secret());
        } catch (IllegalArgumentException e) {
            throw new CannotStartException(e.getMessage());
        }
    }

    @Bean
    CodeSeal codeSeal(CodeSecrets secrets) {
        return new CodeSeal(secrets);
    }

    @Bean
    RouterFunction<ServerResponse> codesRoutes(
            Tokens tokens, MongoDatabase database, CodeSeal seal, CodeFingerprint fingerprints) {
        ResealHandler reseals = new ResealHandler(new Resealing(database, seal, fingerprints, RESEALED_AT_ONCE));
        return route().POST("/admin/codes/reseal", reseals::reseal)
                .filter(new ProblemFilter())
                .filter(RequireRole.of(tokens, Role.OPERATOR))
                .build();
    }

    @Bean
    CodeFingerprint codeFingerprint(CodeSecrets secrets) {
        return new CodeFingerprint(secrets);
    }
}
