package com.peerllm.orchestrator.storage;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The catalogue's rows. A withdrawn model keeps its row, so that its price in old receipts can be looked up. */
public final class ModelCatalogStore {
    private final Database database;

    ModelCatalogStore(Database database) {
        this.database = database;
    }

    public List<ModelRow> all() {
        return database.read(handle ->
                handle.createQuery("""
                        select model_id, digest, size_bytes, licence, prompt_price, completion_price, creator,
                            royalty_basis_points, listed
                        from listed_model order by model_id""").map((row, context) -> model(row)).list());
    }

    /** Writes a row, in place of the one with the same id. */
    public void put(ModelRow row) {
        database.change(new Change.ModelPut(row));
    }

    static boolean put(Handle handle, ModelRow row) {
        ModelManifest model = row.manifest();
        handle.createUpdate("delete from listed_model where model_id = :id")
                .bind("id", model.id().value())
                .execute();
        handle.createUpdate("insert into listed_model values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .bind(0, model.id().value())
                .bind(1, model.digest().hex())
                .bind(2, model.sizeBytes())
                .bind(3, model.licence().orElse(null))
                .bind(4, model.price().promptPerMillion().nanoDollars())
                .bind(5, model.price().completionPerMillion().nanoDollars())
                .bind(6, model.creator().map(AccountId::value).orElse(null))
                .bind(7, model.royaltyBasisPoints())
                .bind(8, row.listed())
                .execute();
        return true;
    }

    private static ModelRow model(ResultSet row) throws SQLException {
        ModelManifest manifest = new ModelManifest(
                new ModelId(row.getString(1)),
                new ModelDigest(row.getString(2)),
                row.getLong(3),
                Optional.ofNullable(row.getString(4)),
                new TokenPrice(new Credits(row.getLong(5)), new Credits(row.getLong(6))),
                Optional.ofNullable(row.getString(7)).map(AccountId::new),
                row.getInt(8));
        return new ModelRow(manifest, row.getBoolean(9));
    }

    /** @param listed false when it was withdrawn */
    public record ModelRow(ModelManifest manifest, boolean listed) {}
}
