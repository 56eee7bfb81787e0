package com.peerllm.host.modelstore;

import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * What receiving one file needs of the world.
 *
 * @param http see {@link DownloadParts#http}
 * @param bytesPerSecond that it may take; asked again and again
 */
public record FetchParts(OkHttpClient http, Disk disk, Supplier<OptionalLong> bytesPerSecond, InstantSource clock) {}
