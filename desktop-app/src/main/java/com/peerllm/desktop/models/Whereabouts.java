package com.peerllm.desktop.models;

import com.peerllm.host.HostModel;
import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Where the files of published models are now: with the publisher, on their way, or here. Pure. */
record Whereabouts(
        List<HostModel> models,
        List<Download> downloads,
        BiFunction<CatalogModel, CatalogVariant, Downloads.Order> order) {

    /** Where one file is. */
    sealed interface Place {}

    record Published() implements Place {}

    record OnItsWay(Download download) implements Place {}

    record Here() implements Place {}

    Place of(CatalogModel model, CatalogVariant variant) {
        if (models.stream().map(HostModel::file).anyMatch(file -> is(file, variant))) return new Here();
        URI from = order.apply(model, variant).from();
        Optional<Download> download =
                downloads.stream().filter(each -> each.from().equals(from)).findFirst();
        return download.<Place>map(
                        each -> each.state() instanceof Download.State.Done ? new Here() : new OnItsWay(each))
                .orElseGet(Published::new);
    }

    /** As the catalogue names it; else that of the file that is here. */
    Optional<ModelDigest> digest(CatalogVariant variant) {
        return variant.digest()
                .or(() -> models.stream()
                        .map(HostModel::file)
                        .filter(file -> is(file, variant))
                        .map(StoredModel::digest)
                        .findFirst());
    }

    /** By its digest; by the file's name where that was not read yet. */
    private static boolean is(StoredModel file, CatalogVariant variant) {
        if (file.presence() != StoredModel.Presence.PRESENT) return false;
        return variant.digest().isPresent()
                ? file.digest().equals(variant.digest().get())
                : name(file.path()).equals(name(Path.of(variant.file())));
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
