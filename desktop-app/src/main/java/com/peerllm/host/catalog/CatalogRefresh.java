package com.peerllm.host.catalog;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.model.ModelDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings the sizes and digests of a catalogue up to what the publishers list: a maintainer's step before signing.
 *
 * <p>A file that is gone is left out. A repository that cannot be read keeps what is known of it. A digest that has changed is
 * taken only when the maintainer said so, because it means other content under the old name.
 */
public final class CatalogRefresh {
    private final Function<CatalogModel, Map<String, ListedFile>> listings;
    private final InstantSource clock;
    private final boolean acceptChanged;

    /** @param listings reads a model's repository, or throws a {@link HostException} */
    public CatalogRefresh(
            Function<CatalogModel, Map<String, ListedFile>> listings, InstantSource clock, boolean acceptChanged) {
        this.listings = listings;
        this.clock = clock;
        this.acceptChanged = acceptChanged;
    }

    /**
     * What became of one file or repository.
     *
     * @param file absent when it concerns the repository
     */
    public record Finding(String model, Optional<String> file, Kind kind, String sentence) {}

    /** How a finding went. */
    public enum Kind {
        READ,
        GONE,
        CHANGED,
        NOT_READ
    }

    /** A catalogue to sign, and what there is to know before. */
    public record Refreshed(Catalog catalog, List<Finding> findings) {
        public Refreshed {
            findings = List.copyOf(findings);
        }

        public boolean isComplete() {
            return findings.stream().allMatch(finding -> finding.kind() == Kind.READ);
        }
    }

    /**
     * @param progress told of each finding
     * @throws java.util.concurrent.CancellationException when it is cancelled
     */
    public Refreshed of(Catalog catalog, Consumer<Finding> progress, Cancellation cancellation) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> found = finding -> {
            findings.add(finding);
            progress.accept(finding);
        };
        List<CatalogModel> models = new ArrayList<>();
        for (CatalogModel model : catalog.models()) {
            cancellation.check();
            refreshed(model, now, found).ifPresent(models::add);
        }
        return new Refreshed(new Catalog(Catalog.FORMAT, catalog.version() + 1, now, models), findings);
    }

    private Optional<CatalogModel> refreshed(CatalogModel model, Instant now, Consumer<Finding> found) {
        Map<String, ListedFile> listed;
        try {
            listed = listings.apply(model);
        } catch (HostException e) {
            found.accept(new Finding(model.id(), Optional.empty(), Kind.NOT_READ, e.sentence()));
            return Optional.of(model);
        }
        List<CatalogVariant> variants = model.variants().stream()
                .flatMap(variant -> refreshed(model, variant, listed, now, found).stream())
                .toList();
        return variants.isEmpty() ? Optional.empty() : Optional.of(model.with(variants));
    }

    private Optional<CatalogVariant> refreshed(
            CatalogModel model,
            CatalogVariant variant,
            Map<String, ListedFile> listed,
            Instant now,
            Consumer<Finding> found) {
        Optional<ListedFile> file = Optional.ofNullable(listed.get(variant.file()));
        if (file.isEmpty()) {
            tell(found, model, variant, Kind.GONE, "is not in " + model.repository() + " any more");
            return Optional.empty();
        }
        Optional<ModelDigest> digest = file.get().digest();
        if (digest.isEmpty()) {
            tell(found, model, variant, Kind.NOT_READ, "is listed without a digest");
            return Optional.of(variant);
        }
        boolean changed = variant.digest().isPresent() && !variant.digest().equals(digest);
        if (changed) {
            tell(
                    found,
                    model,
                    variant,
                    Kind.CHANGED,
                    acceptChanged ? "has other content now; taken" : "has other content now; the old digest stays");
            if (!acceptChanged) return Optional.of(variant);
        } else {
            tell(found, model, variant, Kind.READ, "is read");
        }
        return Optional.of(variant.listed(file.get().sizeBytes(), digest.get(), now));
    }

    private static void tell(
            Consumer<Finding> found, CatalogModel model, CatalogVariant variant, Kind kind, String what) {
        found.accept(new Finding(model.id(), Optional.of(variant.file()), kind, variant.file() + " " + what + "."));
    }
}
