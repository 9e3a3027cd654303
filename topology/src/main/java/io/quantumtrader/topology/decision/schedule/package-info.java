/** When a scheduled change of the policy is due. */
package io.quantumtrader.topology.decision.schedule;
