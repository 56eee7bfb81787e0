package com.peerllm.host.catalog;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.published.SafeAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Properties;

/**
 * Where model files are published: the Hugging Face hub, or a mirror that answers as it does.
 *
 * <p>Everything that comes from there is proven by a digest, so a mirror decides what can be had and not what is run; the
 * first reading of a digest is the exception, which is why it goes over TLS.
 */
public record Publisher(URI address) {
    /** Names a mirror; also the name of the option in the documentation. */
    public static final String PROPERTY = "peerllm.publisher";

    public static final Publisher HUB = new Publisher(URI.create("https://huggingface.co"));

    public static Publisher of(Properties properties) {
        return Optional.ofNullable(properties.getProperty(PROPERTY))
                .map(Publisher::parse)
                .orElse(HUB);
    }

    /** @throws HostException {@code USAGE} when it is no address, or one without encryption to another computer */
    public static Publisher parse(String address) {
        URI uri = SafeAddress.of(address)
                .filter(safe -> safe.getQuery() == null && safe.getFragment() == null)
                .orElseThrow(() -> notOne(address));
        return new Publisher(URI.create(uri.toString().replaceAll("/+$", "")));
    }

    /** The file itself. */
    public URI file(String repository, String file) {
        return URI.create(address + "/" + repository + "/resolve/main/" + file);
    }

    /** The listing of a repository's files with sizes and digests. */
    public URI listing(String repository) {
        return URI.create(address + "/api/models/" + repository + "/tree/main");
    }

    /** What a download needs to know of a variant. */
    public CatalogOrder order(CatalogModel model, CatalogVariant variant) {
        String name = variant.file().substring(variant.file().lastIndexOf('/') + 1);
        return new CatalogOrder(
                name.substring(0, name.length() - ".gguf".length()),
                file(model.repository(), variant.file()),
                listing(model.repository()),
                variant.file(),
                variant.sizeBytes(),
                variant.digest());
    }

    private static HostException notOne(String address) {
        return new HostException(
                Problem.USAGE,
                "'" + address
                        + "' is not a publisher's address. Write it as https://HOST; http only for this computer.");
    }
}
