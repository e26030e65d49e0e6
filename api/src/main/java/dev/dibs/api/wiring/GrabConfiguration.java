package dev.dibs.api.wiring;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import com.github.benmanes.caffeine.cache.Ticker;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.admission.Admission;
import dev.dibs.api.admission.BlockList;
import dev.dibs.api.admission.Eligibility;
import dev.dibs.api.admission.GrabRate;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.ClaimedUsers;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.claim.RedisTicketInventory;
import dev.dibs.api.claim.TicketInventory;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.funnel.FunnelCounter;
import dev.dibs.api.gate.GrabTickets;
import dev.dibs.api.grab.AddressHash;
import dev.dibs.api.grab.Claiming;
import dev.dibs.api.grab.GrabFlow;
import dev.dibs.api.grab.GrabResults;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.recovery.Repair;
import dev.dibs.api.tickets.StoredTicketCodes;
import dev.dibs.api.tickets.TicketCodes;
import dev.dibs.api.trail.TrailWriter;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.api.verdict.PendingVerdicts;
import dev.dibs.codes.CodeSeal;
import dev.dibs.topics.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of a grab, in their order. What has to be started and closed is so by {@link GrabLifecycle}. */
@Configuration(proxyBeanMethods = false)
public class GrabConfiguration {

    /** Longer than healthy brokers take, shorter than somebody waits for his ticket. */
    private static final Duration LOG_READ_WITHIN = Duration.ofSeconds(1);

    /** When a ticket was won can be read from its id; 74 bits of it cannot be guessed. */
    @Bean
    TimeBasedEpochRandomGenerator ticketIds() {
        return Generators.timeBasedEpochRandomGenerator(new SecureRandom());
    }

    @Bean
    TicketInventory ticketInventory(RedisConnections redis) {
        return new RedisTicketInventory(redis.connect(), redis::connectAnew, redis::leaveReplica);
    }

    @Bean
    ClaimedUsers claimedUsers(RedisConnections redis) {
        return new ClaimedUsers(redis.connect());
    }

    @Bean(destroyMethod = "")
    Outbox outbox(RedisConnections redis) {
        return new Outbox(redis.connect());
    }

    @Bean(destroyMethod = "")
    LogPublisher logPublisher(ApiProperties properties, TopicSetup topics) {
        return new LogPublisher(
                ServerConfiguration.producer(properties),
                properties.grab().maxInFlight(),
                "/dibs/api/" + properties.instance());
    }

    @Bean
    PendingVerdicts pendingVerdicts() {
        return new PendingVerdicts();
    }

    @Bean(destroyMethod = "")
    LedgerFollower ledgerFollower(
            ApiProperties properties,
            LogPublisher publisher,
            PendingVerdicts pending,
            FunnelCounter funnel,
            TopicSetup topics) {
        return new LedgerFollower(
                ServerConfiguration.connection(properties), properties.partitions(), publisher, pending, funnel::won);
    }

    @Bean
    ReadFirst readLogFirst(LedgerView ledger) {
        return new ReadFirst(Topics.TICKET_EVENTS, ledger::readThrough, LOG_READ_WITHIN);
    }

    @Bean
    TicketCodes ticketCodes(RedisConnections redis, MongoDatabase mongo, LedgerView ledger, CodeSeal seal) {
        return new StoredTicketCodes(redis.connect(), mongo, ledger, seal);
    }

    @Bean
    TrailWriter trailWriter(ApiProperties properties, TopicSetup topics) {
        return new TrailWriter(ServerConfiguration.producer(properties), "/dibs/api/" + properties.instance());
    }

    @Bean(destroyMethod = "")
    FunnelCounter funnelCounter(
            ApiProperties properties,
            RedisClock clock,
            AddressHash addresses,
            TimeBasedEpochRandomGenerator ids,
            TopicSetup topics) {
        return new FunnelCounter(
                ServerConfiguration.producer(properties), clock, properties.instance(), addresses::hash, ids);
    }

    @Bean
    GrabRate grabRate(ApiProperties properties, BlockList blocks, LedgerView ledger, AddressHash addresses) {
        return new GrabRate(
                properties.rate(),
                blocks,
                (principal, activityId, requestId) ->
                        Admission.isGranted(ledger.account(activityId), principal, requestId),
                addresses::hash,
                Clock.systemUTC(),
                Ticker.systemTicker());
    }

    @Bean
    AddressHash addressHash(ApiProperties properties) {
        String salt = properties.addressSalt().isEmpty()
                ? "addresses:" + properties.jwt().secret()
                : properties.addressSalt();
        return new AddressHash(salt);
    }

    @Bean
    Claiming claiming(
            TicketInventory inventory,
            Outbox outbox,
            LogPublisher publisher,
            PendingVerdicts verdicts,
            LedgerView ledger,
            Repair repair,
            ApiProperties properties,
            RedisClock clock) {
        return new Claiming(inventory, outbox, publisher, verdicts, ledger, repair, properties.grab(), clock);
    }

    @Bean
    GrabResults grabResults(
            LedgerView ledger, ReadFirst readFirst, ClaimedUsers claimedUsers, TicketCodes codes, RedisClock clock) {
        return new GrabResults(ledger, readFirst, claimedUsers, codes, clock);
    }

    @Bean
    Grabs grabs(
            ApiProperties properties,
            Catalogue catalogue,
            LedgerView ledger,
            GrabRate rate,
            Eligibility lists,
            GrabTickets grabTickets,
            Claiming claiming,
            LogPublisher publisher,
            GrabResults results,
            FunnelCounter funnel,
            AddressHash addresses,
            TimeBasedEpochRandomGenerator ids,
            RedisClock clock) {
        return new GrabFlow(
                properties.grab(),
                catalogue,
                ledger,
                rate,
                lists,
                grabTickets,
                claiming,
                publisher,
                results,
                funnel,
                addresses,
                ids,
                clock);
    }
}
