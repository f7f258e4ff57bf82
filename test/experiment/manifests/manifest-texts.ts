/** Small manifests as people write them; line numbers in the tests count from 1. */
export const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 4
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      terminationGracePeriodSeconds: 45
      containers:
        - name: app
          image: shop/web:1
          resources:
            requests:
              cpu: 500m
              memory: 512Mi
            limits:
              cpu: 1
          readinessProbe:
            httpGet: { path: /healthz, port: 8080 }
            periodSeconds: 5
            successThreshold: 2
            initialDelaySeconds: 20
          lifecycle:
            preStop:
              exec:
                command: ["/bin/sh", "-c", "sleep 10 && nginx -s quit"]
`;

/** An autoscaler/v2 of the deployment. */
export const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
  namespace: shop
spec:
  scaleTargetRef:
    kind: Deployment
    name: web
  minReplicas: 3
  maxReplicas: 30
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: 60 }
    - type: Pods
      pods:
        metric: { name: gc_pause_duration }
        target: { type: AverageValue, averageValue: 250m }
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 120
      policies:
        - { type: Percent, value: 10, periodSeconds: 60 }
`;

/** A deployment by its name and containers; no namespace. */
export function podOf(name: string, spec: string, kind = 'Deployment'): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec: ${spec}
`;
}

/** A ScaledObject of the deployment \`worker\` with these triggers. */
export function scaledObject(triggers: string): string {
  return `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: worker }
spec:
  scaleTargetRef: { name: worker }
  minReplicaCount: 2
  maxReplicaCount: 20
  cooldownPeriod: 120
  triggers: ${triggers}
`;
}
