package com.peerllm.orchestrator.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All that is counted and measured while the orchestrator runs, for Prometheus. Labels are words of this program or names of
 * models, never anything a consumer sent.
 *
 * <p>The meters of requests and jobs, the gauges and {@link #scrape} belong to the event loop.
 */
public final class Telemetry implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final RequestMeter requests = new RequestMeter(registry);
    private final JobMeter jobs = new JobMeter(registry);
    private final LoopMeter loop = new LoopMeter(registry);

    /** @param version of this program */
    public Telemetry(String version) {
        Gauge.builder("peerllm.build", () -> 1)
                .description("Always 1; its label tells the version.")
                .tag("version", version)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    public RequestMeter requests() {
        return requests;
    }

    public JobMeter jobs() {
        return jobs;
    }

    public LoopMeter loop() {
        return loop;
    }

    /** A value that is read when it is asked for. */
    public void gauge(String name, String description, Supplier<Number> value) {
        gauge(name, description, Map.of(), value);
    }

    public void gauge(String name, String description, Map<String, String> labels, Supplier<Number> value) {
        Gauge.Builder<Supplier<Number>> gauge = Gauge.builder(name, value).description(description);
        labels.forEach(gauge::tag);
        gauge.register(registry);
    }

    /** Everything as Prometheus' text, format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
