/**
 * A network without hosts, sockets or time: the real {@code Router} and the real {@code Standings} under a virtual clock, with
 * hosts that are fast and slow, steady and flaky, honest and not. What it assumes stands in docs/routing.md.
 */
package com.peerllm.orchestrator.simulation;
