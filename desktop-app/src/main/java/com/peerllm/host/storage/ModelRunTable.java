package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** What was measured of each model, by computer and engine: another processor or another engine has its own figures. */
public final class ModelRunTable {
    private final Jdbi jdbi;

    ModelRunTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<ModelRunRow> find(ModelDigest digest, String machine, String engine) {
        return jdbi.withHandle(h -> h.createQuery(
                        "select * from model_runs where digest = :digest and machine = :machine and engine = :engine")
                .bind("digest", digest.hex())
                .bind("machine", machine)
                .bind("engine", engine)
                .map(ModelRunTable::row)
                .findFirst());
    }

    /** Of all models. */
    public List<ModelRunRow> all(String machine, String engine) {
        return jdbi.withHandle(h -> h.createQuery(
                        "select * from model_runs where machine = :machine and engine = :engine order by digest")
                .bind("machine", machine)
                .bind("engine", engine)
                .map(ModelRunTable::row)
                .list());
    }

    public void put(ModelRunRow run) {
        jdbi.useHandle(h -> h.createUpdate("""
                        merge into model_runs
                            (digest, machine, engine, threads, micro_batch, gpu_layers, prefill, decode_one, decode_four,
                             load_millis, features, searched, measured_at_millis)
                        key (digest, machine, engine)
                        values (:digest, :machine, :engine, :threads, :batch, :layers, :prefill, :one, :four,
                             :load, :features, :searched, :at)""")
                .bind("digest", run.digest().hex())
                .bind("machine", run.machine())
                .bind("engine", run.engine())
                .bind("threads", run.threads())
                .bind("batch", run.microBatch())
                .bind("layers", run.gpuLayers())
                .bind("prefill", run.prefill())
                .bind("one", run.decodeOne())
                .bind("four", run.decodeFour())
                .bind("load", run.loadMillis())
                .bind("features", String.join(" ", run.features()))
                .bind("searched", run.searched())
                .bind("at", run.measuredAtMillis())
                .execute());
    }

    private static ModelRunRow row(ResultSet row, StatementContext context) throws SQLException {
        return new ModelRunRow(
                new ModelDigest(row.getString("digest")),
                row.getString("machine"),
                row.getString("engine"),
                row.getInt("threads"),
                row.getInt("micro_batch"),
                row.getInt("gpu_layers"),
                row.getDouble("prefill"),
                row.getDouble("decode_one"),
                row.getDouble("decode_four"),
                row.getLong("load_millis"),
                features(row.getString("features")),
                row.getBoolean("searched"),
                row.getLong("measured_at_millis"));
    }

    private static List<String> features(String words) {
        return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
