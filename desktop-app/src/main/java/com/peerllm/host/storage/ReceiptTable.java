package com.peerllm.host.storage;

import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.json.JsonMapper;

/** The receipts this host was given; what is stored once is never changed. */
public final class ReceiptTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_FAULTS_TEXT = 4000;

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Jdbi jdbi;

    ReceiptTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Stores receipts so that they outlive a power cut. A payment that is stored already keeps its first receipt.
     *
     * @return those that were new
     */
    public synchronized List<StoredReceipt> add(List<StoredReceipt> receipts) {
        return jdbi.withHandle(h -> {
            List<StoredReceipt> added = h.inTransaction(transaction -> {
                List<StoredReceipt> fresh = new ArrayList<>();
                for (StoredReceipt receipt : receipts) if (insertIfNew(transaction, receipt)) fresh.add(receipt);
                return fresh;
            });
            // H2's commit alone does not reach the disk (WRITE_DELAY).
            if (!added.isEmpty()) h.execute("checkpoint sync");
            return added;
        });
    }

    private static boolean insertIfNew(Handle h, StoredReceipt stored) {
        if (isStored(h, stored.receipt())) return false;
        insert(h, stored);
        return true;
    }

    private static boolean isStored(Handle h, Receipt receipt) {
        return h.createQuery("""
                        select count(*) from receipts
                        where orchestrator_key = :key and job = :job and segment = :segment""")
                        .bind("key", receipt.orchestratorKey().toString())
                        .bind("job", receipt.job().value())
                        .bind("segment", receipt.segment())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static void insert(Handle h, StoredReceipt stored) {
        Receipt receipt = stored.receipt();
        String faults = String.join("\n", stored.faults());
        h.createUpdate("""
                        insert into receipts
                            (orchestrator_key, job, segment, status, faults, settled_at_millis, settled_on, model,
                             prompt_tokens, completion_tokens, delivered_tokens, host_share, receipt,
                             received_at_millis)
                        values (:key, :job, :segment, :status, :faults, :settled, :day, :model, :prompt, :completion,
                                :delivered, :share, :receipt, :received)""")
                .bind("key", receipt.orchestratorKey().toString())
                .bind("job", receipt.job().value())
                .bind("segment", receipt.segment())
                .bind("status", stored.status().name())
                .bind("faults", faults.substring(0, Math.min(faults.length(), MOST_FAULTS_TEXT)))
                .bind("settled", receipt.settledAtMillis())
                .bind("day", day(receipt.settledAtMillis()))
                .bind("model", receipt.model().value())
                .bind("prompt", receipt.promptTokens())
                .bind("completion", receipt.completionTokens())
                .bind(
                        "delivered",
                        stored.deliveredTokens().isPresent()
                                ? stored.deliveredTokens().getAsInt()
                                : null)
                .bind("share", receipt.hostShare().nanoDollars())
                .bind("receipt", JSON.writeValueAsString(receipt))
                .bind("received", stored.receivedAtMillis())
                .execute();
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    /** The latest receipts, newest first. */
    public List<StoredReceipt> latest(int most) {
        return latest(0, most);
    }

    /** As {@link #latest(int)}, without the first ones. */
    public List<StoredReceipt> latest(long without, int most) {
        return jdbi.withHandle(h -> h.createQuery("select * from receipts order by settled_at_millis desc, job, segment"
                        + " limit :most offset :without")
                .bind("most", most)
                .bind("without", without)
                .map(ReceiptTable::stored)
                .list());
    }

    /** Sums by status, day and model, newest day first. */
    public List<EarnedRow> earned() {
        return jdbi.withHandle(
                h -> h.createQuery("""
                        select status, settled_on, model, count(*) as answers, sum(prompt_tokens) as prompt,
                               sum(completion_tokens) as completion,
                               sum(greatest(0, coalesce(delivered_tokens, completion_tokens) - completion_tokens))
                                   as unpaid,
                               sum(host_share) as share
                        from receipts group by status, settled_on, model
                        order by settled_on desc, model, status""").map(ReceiptTable::earnedRow).list());
    }

    /** Sums by status, hour (UTC) and model, from a moment on. */
    public List<EarnedHour> earnedByHour(Instant from) {
        return jdbi.withHandle(h -> h.createQuery("""
                        select status, settled_at_millis / 3600000 as hour_number, model, count(*) as answers,
                               sum(prompt_tokens) as prompt, sum(completion_tokens) as completion,
                               sum(greatest(0, coalesce(delivered_tokens, completion_tokens) - completion_tokens))
                                   as unpaid,
                               sum(host_share) as share
                        from receipts where settled_at_millis >= :from
                        group by status, settled_at_millis / 3600000, model
                        order by hour_number, model, status""")
                .bind("from", from.toEpochMilli())
                .map(ReceiptTable::earnedHour)
                .list());
    }

    public long count() {
        return jdbi.withHandle(h ->
                h.createQuery("select count(*) from receipts").mapTo(Long.class).one());
    }

    /** Hands each receipt on, the oldest first, without holding all of them. */
    public void each(Consumer<StoredReceipt> reader) {
        jdbi.useHandle(h -> {
            try (Stream<StoredReceipt> all = h
                    .createQuery("select * from receipts order by settled_at_millis, job, segment")
                    .map(ReceiptTable::stored)
                    .stream()) {
                all.forEach(reader);
            }
        });
    }

    /** What the verified receipts of one orchestrator add up to. */
    public Credits verifiedFrom(PeerKey orchestrator) {
        return jdbi.withHandle(h -> h.createQuery("""
                        select coalesce(sum(host_share), 0) from receipts
                        where status = 'VERIFIED' and orchestrator_key = :key""")
                .bind("key", orchestrator.toString())
                .map((row, context) -> amount(row.getBigDecimal(1)))
                .one());
    }

    private static StoredReceipt stored(ResultSet row, StatementContext context) throws SQLException {
        String faults = row.getString("faults");
        return new StoredReceipt(
                JSON.readValue(row.getString("receipt"), Receipt.class),
                StoredReceipt.Status.valueOf(row.getString("status")),
                row.getObject("delivered_tokens") == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(row.getInt("delivered_tokens")),
                faults.isEmpty() ? List.of() : List.of(faults.split("\n")),
                row.getLong("received_at_millis"));
    }

    private static EarnedRow earnedRow(ResultSet row, StatementContext context) throws SQLException {
        return new EarnedRow(
                StoredReceipt.Status.valueOf(row.getString("status")),
                row.getObject("settled_on", LocalDate.class),
                row.getString("model"),
                row.getLong("answers"),
                row.getLong("prompt"),
                row.getLong("completion"),
                row.getLong("unpaid"),
                amount(row.getBigDecimal("share")));
    }

    private static EarnedHour earnedHour(ResultSet row, StatementContext context) throws SQLException {
        return new EarnedHour(
                StoredReceipt.Status.valueOf(row.getString("status")),
                Instant.EPOCH.plus(Duration.ofHours(row.getLong("hour_number"))),
                row.getString("model"),
                row.getLong("answers"),
                row.getLong("prompt"),
                row.getLong("completion"),
                row.getLong("unpaid"),
                amount(row.getBigDecimal("share")));
    }

    /** A sum of absurd amounts stops at the largest one. */
    private static Credits amount(BigDecimal nanoDollars) {
        return new Credits(nanoDollars.min(LARGEST).max(LARGEST.negate()).longValueExact());
    }
}
