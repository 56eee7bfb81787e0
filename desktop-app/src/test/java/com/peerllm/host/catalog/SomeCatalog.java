package com.peerllm.host.catalog;

import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.Sourced;
import com.peerllm.shared.model.ModelDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Small catalogues and computers for tests. */
final class SomeCatalog {
    static final long GIB = 1L << 30;
    static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");

    private SomeCatalog() {}

    static Catalog of(long version, CatalogModel... models) {
        return new Catalog(Catalog.FORMAT, version, THEN, List.of(models));
    }

    /** The shape of Llama 3.2 3B, with as many parameters as asked. */
    static CatalogModel model(String id, long parameters, CatalogVariant... variants) {
        return new CatalogModel(
                id,
                "Model " + id,
                "Llama",
                "Somebody",
                "For a test.",
                "MIT",
                "https://example.org/licence",
                "somebody/" + id,
                new CatalogArchitecture(
                        "llama", parameters, parameters, 28, 3072, 8192, 24, 8, 128, 131072, 128256, 0, "chat"),
                Arrays.asList(variants));
    }

    static CatalogVariant unread(String file) {
        return new CatalogVariant(file, "Q4_K_M", OptionalLong.empty(), Optional.empty());
    }

    static CatalogVariant read(String file, long sizeBytes, String digit) {
        return new CatalogVariant(
                file, "Q4_K_M", OptionalLong.of(sizeBytes), Optional.of(digest(digit)), Optional.of(THEN));
    }

    static ModelDigest digest(String digit) {
        return new ModelDigest(digit.repeat(64));
    }

    static HardwareProfile machine(long total, long available, ComputeDevice... devices) {
        return new HardwareProfile(
                new Sourced<>("a processor", "test"),
                new Sourced<>(4, "test"),
                new Sourced<>(8, "test"),
                new Sourced<>(total, "test"),
                new Sourced<>(available, "test"),
                new Sourced<>("Linux", "test"),
                new Sourced<>(List.of(devices), "test"));
    }
}
