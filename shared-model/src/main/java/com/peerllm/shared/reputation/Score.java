package com.peerllm.shared.reputation;

/**
 * The reputation of a host with one model, and its parts: value = honesty x success^2 x speed x sqrt(uptime).
 *
 * @param value 0 (serves nobody) to 2; an average good host has about 1
 * @param success share of jobs that it finishes, lower 5 % bound, 0 to 1
 * @param speed against the hosts of the same model, 0.25 to 2
 * @param uptime share of promised time in which it was there, 0 to 1
 * @param honesty 1, or 0 while it is excluded for a lie
 * @param newcomer whether it shares the newcomers' part of the traffic, because little is known of it or it is on
 *     probation
 */
public record Score(double value, double success, double speed, double uptime, double honesty, boolean newcomer) {}
