package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The downloads that are not finished. Each change is on the disk before it counts: a killed program forgets none. */
public final class DownloadTable {
    private static final int LONGEST_TROUBLE = 2000;

    private final Jdbi jdbi;

    DownloadTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** In the order in which they are fetched. */
    public List<DownloadRow> all() {
        return jdbi.withHandle(h -> h.createQuery("select * from downloads order by place")
                .map(DownloadTable::row)
                .list());
    }

    public void put(DownloadRow download) {
        jdbi.useHandle(h -> {
            h.createUpdate("""
                            merge into downloads (id, place, name, source, target, size_bytes, digest, ordered, listing,
                                listed_file, wish, trouble)
                            key (id) values (:id, :place, :name, :source, :target, :size, :digest, :ordered, :listing,
                                :file, :wish, :trouble)""")
                    .bind("id", download.id())
                    .bind("place", download.place())
                    .bind("name", download.name())
                    .bind("source", download.source().toString())
                    .bind("target", download.target().toString())
                    .bind("size", boxed(download.sizeBytes()))
                    .bind("digest", download.digest().map(ModelDigest::hex))
                    .bind("ordered", download.ordered())
                    .bind(
                            "listing",
                            download.listing().map(listed -> listed.api().toString()))
                    .bind("file", download.listing().map(DownloadRow.Listed::file))
                    .bind("wish", download.wish().name())
                    .bind("trouble", download.trouble().map(DownloadTable::shortened))
                    .execute();
            // H2 else writes up to half a second later, which a kill or a power cut would not wait for.
            h.execute("checkpoint sync");
        });
    }

    public void delete(String id) {
        jdbi.useHandle(h -> h.createUpdate("delete from downloads where id = :id")
                .bind("id", id)
                .execute());
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private static String shortened(String sentence) {
        return sentence.substring(0, Math.min(sentence.length(), LONGEST_TROUBLE));
    }

    private static DownloadRow row(ResultSet row, StatementContext context) throws SQLException {
        long size = row.getLong("size_bytes");
        OptionalLong sizeBytes = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        String file = row.getString("listed_file");
        return new DownloadRow(
                row.getString("id"),
                row.getLong("place"),
                row.getString("name"),
                URI.create(row.getString("source")),
                Path.of(row.getString("target")),
                sizeBytes,
                Optional.ofNullable(row.getString("digest")).map(ModelDigest::new),
                row.getBoolean("ordered"),
                Optional.ofNullable(row.getString("listing")).map(api -> new DownloadRow.Listed(URI.create(api), file)),
                DownloadRow.Wish.valueOf(row.getString("wish")),
                Optional.ofNullable(row.getString("trouble")));
    }
}
