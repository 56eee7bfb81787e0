package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The model files this host knows. */
public final class ModelTable {
    private final Jdbi jdbi;

    ModelTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public List<ModelRow> all() {
        return jdbi.withHandle(h -> h.createQuery("select * from models order by name")
                .map(ModelTable::row)
                .list());
    }

    public Optional<ModelRow> named(String name) {
        return one("select * from models where name = :value", name);
    }

    public Optional<ModelRow> at(Path path) {
        return one("select * from models where path = :value", path.toString());
    }

    public Optional<ModelRow> of(ModelDigest digest) {
        return one("select * from models where digest = :value", digest.hex());
    }

    private Optional<ModelRow> one(String query, String value) {
        return jdbi.withHandle(h ->
                h.createQuery(query).bind("value", value).map(ModelTable::row).findFirst());
    }

    /** Writes the row in place of those of the same content, name or path. */
    public void put(ModelRow model) {
        jdbi.useTransaction(h -> {
            h.createUpdate("delete from models where digest = :digest or name = :name or path = :path")
                    .bind("digest", model.digest().hex())
                    .bind("name", model.name())
                    .bind("path", model.path().toString())
                    .execute();
            h.createUpdate("""
                            insert into models
                                (digest, name, path, size_bytes, modified_millis, made_here, added_at_millis)
                            values (:digest, :name, :path, :size, :modified, :made, :added)""")
                    .bind("digest", model.digest().hex())
                    .bind("name", model.name())
                    .bind("path", model.path().toString())
                    .bind("size", model.sizeBytes())
                    .bind("modified", model.modifiedMillis())
                    .bind("made", model.madeHere())
                    .bind("added", model.addedAtMillis())
                    .execute();
        });
    }

    public void delete(ModelDigest digest) {
        jdbi.useHandle(h -> h.createUpdate("delete from models where digest = :digest")
                .bind("digest", digest.hex())
                .execute());
    }

    private static ModelRow row(ResultSet row, StatementContext context) throws SQLException {
        return new ModelRow(
                new ModelDigest(row.getString("digest")),
                row.getString("name"),
                Path.of(row.getString("path")),
                row.getLong("size_bytes"),
                row.getLong("modified_millis"),
                row.getBoolean("made_here"),
                row.getLong("added_at_millis"));
    }
}
