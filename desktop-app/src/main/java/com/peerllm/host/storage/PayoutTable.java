package com.peerllm.host.storage;

import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.payout.PayoutStatement;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What each orchestrator last told about payouts, to be read without a connection; never how a person is paid. */
public final class PayoutTable {
    private static final Logger log = LoggerFactory.getLogger(PayoutTable.class);
    private static final int LONGEST = 200_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Jdbi jdbi;

    PayoutTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Takes the place of the last one. One of absurd length is not kept. */
    public void put(PeerKey orchestrator, PayoutStatement statement) {
        String text = JSON.writeValueAsString(statement);
        if (text.length() > LONGEST) return;
        jdbi.useHandle(h -> h.createUpdate(
                        "merge into payout_statements (orchestrator_key, statement) key (orchestrator_key) values (:key, :text)")
                .bind("key", orchestrator.toString())
                .bind("text", text)
                .execute());
    }

    /** One that cannot be read any more, for it is another version's, counts as none. */
    public Optional<PayoutStatement> last(PeerKey orchestrator) {
        return jdbi.withHandle(
                        h -> h.createQuery("select statement from payout_statements where orchestrator_key = :key")
                                .bind("key", orchestrator.toString())
                                .mapTo(String.class)
                                .findFirst())
                .flatMap(PayoutTable::parsed);
    }

    private static Optional<PayoutStatement> parsed(String text) {
        try {
            return Optional.of(JSON.readValue(text, PayoutStatement.class));
        } catch (JacksonException e) {
            log.info("payout_statement_unreadable: it is asked for again");
            return Optional.empty();
        }
    }
}
