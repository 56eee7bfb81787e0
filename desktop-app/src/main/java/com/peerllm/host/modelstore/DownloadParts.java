package com.peerllm.host.modelstore;

import com.peerllm.host.catalog.PinnedDigests;
import com.peerllm.host.kernel.Alarms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * What downloads need of the world.
 *
 * @param pins of files whose publisher told the digest
 * @param bytesPerSecond that they may take in all; asked again and again
 */
public record DownloadParts(
        OkHttpClient http,
        PinnedDigests pins,
        Disk disk,
        Supplier<OptionalLong> bytesPerSecond,
        Alarms alarms,
        InstantSource clock,
        ThreadFactory threads,
        RandomGenerator random) {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);

    /** A connection that brings no byte for so long is given up. */
    public static final Duration STALL_PATIENCE = Duration.ofSeconds(30);

    FetchParts fetch() {
        return new FetchParts(http, disk, bytesPerSecond, clock);
    }

    /** Redirects are followed, but never from an encrypted address to a plain one. */
    public static OkHttpClient http(Duration stallPatience) {
        return new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .followSslRedirects(false)
                .connectTimeout(CONNECT_PATIENCE)
                .readTimeout(stallPatience)
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("User-Agent", "peerllm-host")
                        .build()))
                .build();
    }
}
