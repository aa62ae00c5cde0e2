# What somebody needs to apply the stacks of a platform called "nuts", and nothing that reads a tenant's keys or secrets.
# It can give identities policies, as anybody who onboards tenants must: who holds it is trusted, and every use is in the audit log.

# Tenants' and the platform's policies, roles and their SecretIDs
path "sys/policies/acl/nuts-*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/policies/acl/nuts.proxy" {
  capabilities = ["create", "read", "update", "delete"]
}
# To see whether this policy itself is up to date
path "sys/policies/acl/nuts.operator" {
  capabilities = ["read"]
}

path "sys/auth/nuts-approle" {
  capabilities = ["create", "read", "update", "delete", "sudo"]
}
path "sys/mounts/auth/nuts-approle" {
  capabilities = ["read"]
}
path "sys/mounts/auth/nuts-approle/tune" {
  capabilities = ["create", "read", "update"]
}
path "sys/auth" {
  capabilities = ["read"]
}
path "auth/nuts-approle/role/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}

# Entities, to name whoever logs in
path "identity/entity" {
  capabilities = ["create", "update"]
}
path "identity/entity/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "identity/entity-alias" {
  capabilities = ["create", "update"]
}
path "identity/entity-alias/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "identity/lookup/entity" {
  capabilities = ["create", "update"]
}

# The mounts themselves, without what is in them
path "sys/mounts" {
  capabilities = ["read"]
}
path "sys/mounts/nuts/+" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/mounts/nuts/+/tune" {
  capabilities = ["create", "read", "update"]
}
path "sys/mounts/tenants/+" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/mounts/tenants/+/tune" {
  capabilities = ["create", "read", "update"]
}

# Rate limits, and the platform's own two audit devices
path "sys/quotas/rate-limit/nuts-*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/quotas/rate-limit/nuts.login" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/audit" {
  capabilities = ["read", "sudo"]
}
path "sys/audit/nuts-file" {
  capabilities = ["create", "read", "update", "delete", "sudo"]
}
path "sys/audit/nuts-output" {
  capabilities = ["create", "read", "update", "delete", "sudo"]
}

# Secrets that people bring: written, never read; and whether they are there
path "tenants/+/data/sql" {
  capabilities = ["create", "update"]
}
path "tenants/+/metadata/sql" {
  capabilities = ["read"]
}
path "tenants/+/data/redis" {
  capabilities = ["create", "update"]
}
path "tenants/+/metadata/redis" {
  capabilities = ["read"]
}

# Users of a shared Redis: what they may do is no secret; their passwords are made here, and read by the sidecars only
path "sys/mounts/nuts.redis" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/mounts/nuts.redis/tune" {
  capabilities = ["create", "read", "update"]
}
path "sys/policies/acl/nuts.redis" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/tools/random/32" {
  capabilities = ["create", "update"]
}
path "nuts.redis/data/users/+" {
  capabilities = ["create", "read", "update"]
}
path "nuts.redis/metadata/users/+" {
  capabilities = ["delete"]
}
path "nuts.redis/data/passwords/+/+" {
  capabilities = ["create", "update"]
}
path "nuts.redis/metadata/passwords/+/+" {
  capabilities = ["delete"]
}

# The platform's own authority: its roles and its root, never its key
path "sys/mounts/nuts-pki" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/mounts/nuts-pki/tune" {
  capabilities = ["create", "read", "update"]
}
path "nuts-pki/roles/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}
path "nuts-pki/issuers/generate/root/internal" {
  capabilities = ["create", "update"]
}
path "nuts-pki/issuer/*" {
  capabilities = ["read", "update", "delete"]
}
path "nuts-pki/issuers" {
  capabilities = ["read", "list"]
}
path "nuts-pki/cert/*" {
  capabilities = ["read"]
}
path "nuts-pki/config/crl" {
  capabilities = ["create", "read", "update", "delete"]
}
# To replace a node's certificate that must not be believed any more
path "nuts-pki/revoke" {
  capabilities = ["update"]
}
path "nuts-pki/crl/rotate" {
  capabilities = ["read"]
}

# Certificates that were ordered. A key can be put there once, and never read or changed; the rest is public
path "tenants/+/data/certificates/keys/+" {
  capabilities = ["create"]
}
path "tenants/+/metadata/certificates/keys/+" {
  capabilities = ["read", "delete"]
}
path "tenants/+/metadata/certificates/keys" {
  capabilities = ["list"]
}
path "tenants/+/data/certificates/node" {
  capabilities = ["create", "read", "update"]
}
path "tenants/+/data/certificates/pending" {
  capabilities = ["create", "read", "update"]
}
path "tenants/+/metadata/certificates/pending" {
  capabilities = ["delete"]
}
path "sys/mounts/nuts-shared" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/mounts/nuts-shared/tune" {
  capabilities = ["create", "read", "update"]
}
path "nuts-shared/data/certificates/keys/+" {
  capabilities = ["create"]
}
path "nuts-shared/metadata/certificates/keys/+" {
  capabilities = ["read", "delete"]
}
path "nuts-shared/metadata/certificates/keys" {
  capabilities = ["list"]
}
path "nuts-shared/data/certificates/node" {
  capabilities = ["create", "read", "update"]
}
path "nuts-shared/data/certificates/pending" {
  capabilities = ["create", "read", "update"]
}
path "nuts-shared/metadata/certificates/pending" {
  capabilities = ["delete"]
}

# Its own token
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
