package com.peerllm.host.cli;

import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.CatalogVariant;
import com.peerllm.host.catalog.Catalogs;
import com.peerllm.host.catalog.Publisher;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.modelstore.HubAddress;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;

/** Makes an order of what a person typed: an id of the catalogue, or an address. */
final class DownloadTarget {
    private final AppFolders folders;
    private final Properties properties;

    DownloadTarget(AppFolders folders, Properties properties) {
        this.folders = folders;
        this.properties = properties;
    }

    /** The id of a download that has this name or comes from this address. */
    static Optional<String> onTheList(Downloads downloads, String what) {
        return downloads.all().get().stream()
                .filter(each ->
                        each.name().equals(what) || each.from().toString().equals(what))
                .map(Download::id)
                .findFirst();
    }

    /** @throws HostException {@code USAGE} with what to type instead */
    Downloads.Order order(String what, Optional<String> sha256, Optional<String> name) {
        Optional<ModelDigest> digest = sha256.map(DownloadTarget::digest);
        return what.contains("://") ? address(what, digest, name) : published(what, digest, name);
    }

    private static ModelDigest digest(String hex) {
        try {
            return new ModelDigest(hex);
        } catch (IllegalArgumentException e) {
            throw wrong("--sha256 is 64 hex digits, as the publisher tells it for the file.", e);
        }
    }

    private static Downloads.Order address(String what, Optional<ModelDigest> digest, Optional<String> name) {
        URI address = uri(what);
        Optional<HubAddress> hub = HubAddress.of(address);
        String path = String.valueOf(address.getPath());
        return new Downloads.Order(
                name.orElse(path.substring(path.lastIndexOf('/') + 1)),
                hub.map(HubAddress::download).orElse(address),
                OptionalLong.empty(),
                digest,
                hub.map(HubAddress::listing));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong("\"" + text + "\" is not an address.", e);
        }
    }

    private Downloads.Order published(String what, Optional<ModelDigest> digest, Optional<String> name) {
        int colon = what.indexOf(':');
        String id = colon < 0 ? what : what.substring(0, colon);
        CatalogModel model = new Catalogs(folders)
                .read()
                .catalog()
                .find(id)
                .orElseThrow(() -> wrong(
                        "There is no model \"" + id + "\" in the catalogue and no download of that name. `peerllm host"
                                + " models catalog` shows the models there are; an address begins with https://.",
                        null));
        CatalogVariant variant = colon < 0 ? model.variants().getFirst() : variant(model, what.substring(colon + 1));
        Downloads.Order order = Downloads.Order.of(Publisher.of(properties).order(model, variant));
        return new Downloads.Order(
                name.orElse(order.name()), order.from(), order.sizeBytes(), digest.or(order::digest), order.listing());
    }

    private static CatalogVariant variant(CatalogModel model, String quantization) {
        return model.variants().stream()
                .filter(each -> each.quantization().equalsIgnoreCase(quantization))
                .findFirst()
                .orElseThrow(() -> wrong(
                        model.id() + " has no variant \"" + quantization + "\". It has: "
                                + model.variants().stream()
                                        .map(CatalogVariant::quantization)
                                        .collect(Collectors.joining(", "))
                                + ".",
                        null));
    }

    private static HostException wrong(String sentence, Exception cause) {
        return new HostException(Problem.USAGE, sentence, cause);
    }
}
