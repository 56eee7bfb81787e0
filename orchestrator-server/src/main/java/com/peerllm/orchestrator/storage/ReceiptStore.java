package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.json.JsonMapper;

/** The signed receipts, as the JSON that hosts and consumers get, byte for byte. */
public final class ReceiptStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    ReceiptStore(Database database) {
        this.database = database;
    }

    /** One job's receipts, by segment. */
    public List<Receipt> of(JobId job) {
        return database.read(handle -> handle.createQuery("select body from receipt where job = :job order by segment")
                .bind("job", job.value())
                .map((row, context) -> read(row.getString(1)))
                .list());
    }

    /** The receipts whose settlements lie in a piece of the journal. */
    List<Receipt> settledIn(long afterSeq, long throughSeq) {
        return database.read(handle -> handle.createQuery("""
                        select receipt.body from receipt join settlement on settlement.job = receipt.job
                        where settlement.seq > :after and settlement.seq <= :through
                        order by settlement.seq, receipt.segment""")
                .bind("after", afterSeq)
                .bind("through", throughSeq)
                .map((row, context) -> read(row.getString(1)))
                .list());
    }

    static Receipt read(String body) {
        return JSON.readValue(body, Receipt.class);
    }

    static void insert(Handle handle, List<Receipt> receipts) {
        if (receipts.isEmpty()) return;
        PreparedBatch rows = handle.prepareBatch("insert into receipt values (?, ?, ?, ?, ?, ?)");
        for (Receipt receipt : receipts) {
            rows.bind(0, receipt.job().value())
                    .bind(1, receipt.segment())
                    .bind(2, AccountId.ofHost(receipt.host()).value())
                    .bind(3, receipt.settledAtMillis())
                    .bind(4, JSON.writeValueAsString(receipt))
                    .bind(5, receipt.leaf().orElse(null))
                    .add();
        }
        rows.execute();
    }
}
